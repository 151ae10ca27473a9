import { queryOptions } from "@tanstack/react-query";
import { bff } from "./bff-client.ts";

const renewMs = 60_000;

/** What is known of the account's gateway. */
export const factsQuery = queryOptions({
  queryKey: ["gateway", "facts"],
  queryFn: ({ signal }) => bff.gateway.facts({}, { signal }),
  staleTime: renewMs,
});

/** Records how the gateway answers, with calls that only read. */
export const probeGateway = () => bff.gateway.probe({ body: {} });
