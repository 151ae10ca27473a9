import express, { type ErrorRequestHandler, type RequestHandler, Router } from "express";
import * as z from "zod/mini";
import { type EmulatorControl, historySchema } from "./emulator-control.ts";
import { faultSchema } from "./faults.ts";
import { jobSeedSchema } from "./job-seed.ts";
import { settingsPatchSchema } from "./settings.ts";

const resetSchema = z.strictObject({ seed: z._default(historySchema, false) });
const jobsSchema = z.strictObject({ jobs: z.array(jobSeedSchema).check(z.maxLength(10_000)) });

const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && /^(?:::1$|(?:::ffff:)?127\.)/.test(address);
const isLoopbackHost = (host: string | undefined): boolean =>
  host !== undefined && /^(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])(?::[0-9]+)?$/i.test(host);

/**
 * Faults and settings must not be within reach of web pages, scanned sites or other machines. A page of another origin
 * cannot send the header without a preflight, which is never answered; a rebound name fails at the Host check.
 */
const requireOperator: RequestHandler = (request, response, next) => {
  const { headers, socket } = request;
  if (!isLoopback(socket.remoteAddress) || !isLoopbackHost(headers.host) || headers["x-wsc-control"] !== "1") {
    response.status(403).json({ error: "Only from this machine, with the header X-WSC-Control: 1." });
    return;
  }
  next();
};

const refuse: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const reason = error instanceof z.core.$ZodError ? z.prettifyError(error) : String(error);
  response.status(400).json({ error: reason });
};

/** The control endpoint; what it takes is told in the README. */
export function createControlRoutes(control: EmulatorControl): Router {
  const router = Router();
  router.use(requireOperator);
  router.use(express.json({ limit: "10mb", strict: true }));

  router.get("/faults", (_request, response) => void response.json({ faults: control.faults() }));
  router.post("/faults", (request, response) => {
    control.addFault(faultSchema.parse(request.body));
    response.status(201).json({ faults: control.faults() });
  });
  router.delete("/faults", (_request, response) => {
    control.clearFaults();
    response.json({ faults: control.faults() });
  });

  router.get("/requests", (_request, response) => void response.json({ requests: control.requests() }));
  router.delete("/requests", (_request, response) => {
    control.clearRequests();
    response.json({ requests: [] });
  });

  router.get("/settings", (_request, response) => void response.json(control.settings()));
  router.post("/settings", (request, response) => {
    response.json(control.changeSettings(settingsPatchSchema.parse(request.body)));
  });

  router.post("/jobs", (request, response) => {
    const { jobs } = jobsSchema.parse(request.body);
    response.status(201).json({ instanceNos: control.addJobs(jobs) });
  });
  router.post("/reset", async (request, response) => {
    await control.reset(resetSchema.parse(request.body ?? {}).seed);
    response.json({ settings: control.settings() });
  });

  router.use((_request, response) => void response.status(404).json({ error: "No such control." }));
  router.use(refuse);
  return router;
}
