import { queryOptions } from "@tanstack/react-query";
import { ownChannelEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

export const ownChannelCalls = callsOf(ownChannelEndpoints);

export const ownChannelQuery = queryOptions({
  queryKey: ["own-channel"],
  queryFn: ({ signal }) => ownChannelCalls.get({}, { signal }),
});
