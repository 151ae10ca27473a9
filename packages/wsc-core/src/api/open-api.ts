import * as z from "zod/mini";
import { endpoint, roles } from "./endpoint.ts";

export const openApiEndpoints = {
  /** This contract, as an OpenAPI 3.1 document. */
  get: endpoint({
    method: "GET",
    path: "/api/openapi.json",
    roles,
    response: z.looseObject({ openapi: z.string() }),
    answer: "serialised",
    tokenScope: "any",
    status: 200,
  }),
} as const;
