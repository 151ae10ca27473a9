import * as z from "zod/mini";
import { probeFactNames, probeFactStates } from "../domain/probe-facts.ts";
import { endpoint } from "./endpoint.ts";

const probeFactSchema = z.object({
  name: z.enum(probeFactNames),
  state: z.enum(probeFactStates),
  value: z.nullable(z.string()),
  measure: z.nullable(z.number()),
});

export const gatewayEndpoints = {
  /**
   * Records how the gateway of the account answers: at most 40 calls that only read. The recording holds nothing private; the
   * words nobody knows yet are told apart from it.
   */
  probe: endpoint({
    method: "POST",
    path: "/api/gateway/probe",
    roles: ["admin"],
    body: z.strictObject({}),
    response: z.object({
      fileName: z.string(),
      /** The file, JSON as it is to be saved. */
      recording: z.string(),
      calls: z.int(),
      facts: z.array(probeFactSchema),
    }),
    status: 200,
  }),
} as const;
export type GatewayProbe = z.output<(typeof gatewayEndpoints)["probe"]["response"]>;
