import { Router } from "express";

/** Why nothing that is paid for or changes something can be done, or "ok". */
export type Readiness = "ok" | "closing" | "store" | "audit";

/** `/livez`: the process answers. `/readyz`: it can do everything. */
export function healthRoutes(readiness: () => Promise<Readiness>): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get("/livez", (_request, response) => {
    response.json({ status: "ok" });
  });
  router.get("/readyz", async (_request, response) => {
    const status = await readiness();
    response.status(status === "ok" ? 200 : 503).json({ status });
  });
  return router;
}
