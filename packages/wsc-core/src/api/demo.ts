import * as z from "zod/mini";
import { consentSchema } from "./consent.ts";
import { endpoint } from "./endpoint.ts";
import { submissionSchema } from "./submissions.ts";

const actors = ["operator", "admin"] as const;

/** A vulnerability of the demo site. */
const demoWeaknessSchema = z.object({
  item: z.string(),
  method: z.string(),
  path: z.string(),
  parameter: z.string(),
});

/** The demo site beside the emulator (WSC_DEMO_SITE). All throw ROUTE_NOT_FOUND on a server without one. */
export const demoEndpoints = {
  /** Requests a scan of the demo site. The values of its login stay on the server. */
  scan: endpoint({
    method: "POST",
    path: "/api/demo/scan",
    roles: actors,
    body: z.strictObject({ signedIn: z.boolean(), consent: consentSchema }),
    response: z.object({ submission: submissionSchema }),
    idempotency: "transaction",
    audit: "handler",
    tokenScope: "people",
    status: 202,
  }),
  /** Repairs one vulnerability of each of three kinds, and returns them. */
  patch: endpoint({
    method: "POST",
    path: "/api/demo/patch",
    roles: actors,
    body: z.strictObject({}),
    response: z.object({ patched: z.array(demoWeaknessSchema) }),
    tokenScope: "people",
    status: 200,
  }),
  /** Restores every vulnerability. */
  reset: endpoint({
    method: "POST",
    path: "/api/demo/reset",
    roles: actors,
    body: z.strictObject({}),
    response: z.object({ restored: z.boolean() }),
    tokenScope: "people",
    status: 200,
  }),
} as const;
