import express, { Router } from "express";
import * as z from "zod/mini";
import { noSuchControl, refuseControlInput } from "../refuse-control-input.ts";
import { requireOperator } from "../require-operator.ts";
import { demoMember, demoSignInForm } from "./demo-member.ts";
import type { DemoSessions } from "./demo-sessions.ts";
import { allDemoSiteWeaknesses } from "./demo-site-weaknesses.ts";
import { type WeaknessSwitches, weaknessChoiceSchema } from "./weakness-switches.ts";

const choiceBodySchema = z.strictObject({ ids: weaknessChoiceSchema });

/** The demo site's control endpoint, with the same rules as the gateway's; its calls are listed in the README. */
export function demoControlRoutes(switches: WeaknessSwitches, sessions: DemoSessions): Router {
  const router = Router();
  router.use(requireOperator);
  router.use(express.json({ limit: "64kb", strict: true }));

  const state = () => ({
    weaknesses: allDemoSiteWeaknesses.map((weakness) => ({ ...weakness, isOpen: switches.isOpen(weakness.id) })),
  });
  router.get("/weaknesses", (_request, response) => void response.json(state()));
  router.get("/login", (_request, response) => {
    const { page, action, idParameter, passwordParameter } = demoSignInForm;
    const { id, password } = demoMember;
    response.json({ page, action, idParameter, passwordParameter, id, password });
  });
  router.post("/patch", (request, response) => {
    switches.patch(choiceBodySchema.parse(request.body).ids);
    response.json(state());
  });
  router.post("/plant", (request, response) => {
    switches.plant(choiceBodySchema.parse(request.body).ids);
    response.json(state());
  });
  router.post("/reset", (_request, response) => {
    switches.restore();
    sessions.closeAll();
    response.json(state());
  });

  router.use(noSuchControl);
  router.use(refuseControlInput);
  return router;
}
