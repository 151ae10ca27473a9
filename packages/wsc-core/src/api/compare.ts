import * as z from "zod/mini";
import { comparisonSchema } from "../domain/comparison.ts";
import { instanceNoSchema } from "../domain/scalars.ts";
import { endpoint } from "./endpoint.ts";

export const compareEndpoints = {
  /** Without `base` the predecessor of `head` is used; PREDECESSOR_NOT_FOUND if there is none. */
  get: endpoint({
    method: "GET",
    path: "/api/compare",
    roles: ["viewer", "operator", "admin", "auditor"],
    query: z.strictObject({ base: z.optional(instanceNoSchema), head: instanceNoSchema }),
    response: comparisonSchema,
    answer: "serialised",
    tokenScope: "jobs",
    status: 200,
  }),
} as const;
