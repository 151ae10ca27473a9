import { queryOptions } from "@tanstack/react-query";
import { gatewayEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

const gatewayCalls = callsOf(gatewayEndpoints);

const renewMs = 60_000;

/** What is known of the account's gateway. */
export const factsQuery = queryOptions({
  queryKey: ["gateway", "facts"],
  queryFn: ({ signal }) => gatewayCalls.facts({}, { signal }),
  staleTime: renewMs,
});

/** Records how the gateway answers, with calls that only read. */
export const probeGateway = () => gatewayCalls.probe({ body: {} });
