import * as z from "zod/mini";
import { factNames, factSources, factStates } from "../domain/gateway-facts.ts";
import { instantSchema } from "../domain/scalars.ts";
import { endpoint, roles } from "./endpoint.ts";

const factMembers = {
  name: z.enum(factNames),
  state: z.enum(factStates),
  /** What the gateway does, as a code of the fact; `null` while assumed. */
  value: z.nullable(z.string()),
  /** A number for the value, such as rows, jobs or characters. */
  measure: z.nullable(z.number()),
};

export const gatewayEndpoints = {
  /** Everything known about the account's gateway: every fact, in catalogue order. */
  facts: endpoint({
    method: "GET",
    path: "/api/gateway/facts",
    roles,
    response: z.object({
      facts: z.array(
        z.object({
          ...factMembers,
          /** What showed the fact. */
          source: z.nullable(z.enum(factSources)),
          /** The proven value before a response contradicted it. */
          earlier: z.nullable(z.string()),
          /** Since when it has this state. */
          since: z.nullable(instantSchema),
        }),
      ),
    }),
    tokenScope: "any",
    status: 200,
  }),
  /**
   * Records how the gateway of the account answers: at most 40 calls that only read. The recording holds nothing private; the
   * unknown words are reported separately.
   */
  probe: endpoint({
    method: "POST",
    path: "/api/gateway/probe",
    roles: ["admin"],
    body: z.strictObject({}),
    response: z.object({
      fileName: z.string(),
      /** The file content: JSON, to be saved unchanged. */
      recording: z.string(),
      calls: z.int(),
      facts: z.array(z.object(factMembers)),
    }),
    status: 200,
  }),
} as const;
export type GatewayProbe = z.output<(typeof gatewayEndpoints)["probe"]["response"]>;
export type GatewayFacts = z.output<(typeof gatewayEndpoints)["facts"]["response"]>;
