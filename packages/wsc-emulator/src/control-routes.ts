import express, { Router } from "express";
import * as z from "zod/mini";
import { type EmulatorControl, historySchema } from "./emulator-control.ts";
import { faultSchema } from "./faults.ts";
import { jobSeedSchema } from "./job-seed.ts";
import { noSuchControl, refuseControlInput } from "./refuse-control-input.ts";
import { requireOperator } from "./require-operator.ts";
import { reportSeedSchema } from "./seed-report.ts";
import { settingsPatchSchema } from "./settings.ts";

const resetSchema = z.strictObject({ seed: z._default(historySchema, false) });
const jobsSchema = z.strictObject({ jobs: z.array(jobSeedSchema).check(z.maxLength(10_000)) });

/** The control endpoint; its calls are listed in the README. */
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
  router.post("/reports", (request, response) => {
    response.status(201).json({ instanceNo: control.addReport(reportSeedSchema.parse(request.body)) });
  });
  router.post("/reset", async (request, response) => {
    await control.reset(resetSchema.parse(request.body ?? {}).seed);
    response.json({ settings: control.settings() });
  });

  router.use(noSuchControl);
  router.use(refuseControlInput);
  return router;
}
