import * as z from "zod/mini";
import { instantSchema } from "../domain/scalars.ts";
import { callKinds } from "../errors/call-kind.ts";
import { endpoint, roles } from "./endpoint.ts";
import { environments } from "./session.ts";
import { budgetUseSchema, submissionStates } from "./submissions.ts";

/** Difference from the upstream's clock, in milliseconds, from which people are warned, and from which calls are refused. */
export const clockLimits = { warnMs: 60_000, refusedMs: 300_000 } as const;

/** State of the dashboard and its connection. Never calls the upstream. */
export const statusSchema = z.object({
  upstream: z.object({
    environment: z.enum(environments),
    origin: z.string(),
    /** The last four characters of the access key, for those who may test the connection. */
    accessKeyEnd: z.nullable(z.string()),
    /** Upstream clock minus ours; `null` until a response showed it. */
    clockSkewMs: z.nullable(z.int()),
    lastSuccessAt: z.nullable(instantSchema),
    /** The latest failure, when nothing has succeeded since. */
    failure: z.nullable(z.object({ code: z.string(), at: instantSchema })),
    /** Kinds of calls that are paused after several failures, with the instant of the next try. */
    paused: z.array(z.object({ kind: z.enum(callKinds), code: z.string(), retryAt: instantSchema })),
  }),
  store: z.object({
    kind: z.enum(["sqlite", "postgres"]),
    isWritable: z.boolean(),
    /** Whether the database is locked against other processes; replicas share a PostgreSQL. */
    isLocked: z.boolean(),
    /** Whether the encryption keys decrypt the stored data. */
    areKeysOpen: z.boolean(),
  }),
  dispatcher: z.object({
    /** When the dispatcher last looked for due work without an error. */
    lastRoundAt: z.nullable(instantSchema),
    failure: z.nullable(z.string()),
  }),
  budget: budgetUseSchema,
  /** Number of submissions per state; states with none are omitted. */
  submissions: z.array(z.object({ state: z.enum(submissionStates), count: z.int() })),
  schedules: z.object({ active: z.int(), paused: z.int() }),
  version: z.string(),
  asOf: instantSchema,
});
export type Status = z.output<typeof statusSchema>;

/** Steps of the connection test, in order; a failure skips the rest. */
export const connectionSteps = ["reach", "clock", "key", "list"] as const;
export type ConnectionStep = (typeof connectionSteps)[number];

const settingFactSchema = z.object({
  name: z.string(),
  isSecret: z.boolean(),
  isSet: z.boolean(),
  /** What holds, given or by default; `null` for secrets and for what is neither. */
  value: z.nullable(z.string()),
  isDefault: z.boolean(),
});

export const statusEndpoints = {
  get: endpoint({ method: "GET", path: "/api/status", roles, response: statusSchema, tokenScope: "any", status: 200 }),
  /** Settings from the environment. */
  settings: endpoint({
    method: "GET",
    path: "/api/status/settings",
    roles: ["admin"],
    response: z.object({ settings: z.array(settingFactSchema) }),
    status: 200,
  }),
  /** Reads one job of the list, which is free of charge. */
  test: endpoint({
    method: "POST",
    path: "/api/status/test",
    roles: ["admin"],
    body: z.strictObject({}),
    response: z.object({
      steps: z.array(
        z.object({
          step: z.enum(connectionSteps),
          result: z.enum(["passed", "failed", "skipped"]),
          code: z.optional(z.string()),
        }),
      ),
      clockSkewMs: z.nullable(z.int()),
      durationMs: z.int(),
    }),
    status: 200,
  }),
} as const;
export type ConnectionTest = z.output<(typeof statusEndpoints)["test"]["response"]>;
