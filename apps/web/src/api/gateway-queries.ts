import { queryOptions } from "@tanstack/react-query";
import { gatewayEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

const gatewayCalls = callsOf(gatewayEndpoints);

const renewMs = 60_000;

/** The known facts about the account's gateway. */
export const factsQuery = queryOptions({
  queryKey: ["gateway", "facts"],
  queryFn: ({ signal }) => gatewayCalls.facts({}, { signal }),
  staleTime: renewMs,
});

/** Records how the gateway responds, with read-only calls. */
export const probeGateway = () => gatewayCalls.probe({ body: {} });
