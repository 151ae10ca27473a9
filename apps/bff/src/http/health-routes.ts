import { Router } from "express";

/** Why paid or changing calls cannot be made, or "ok". */
export type Readiness = "ok" | "closing" | "store" | "audit";

/** `/livez`: the process responds. `/readyz`: it can do all its work. */
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
