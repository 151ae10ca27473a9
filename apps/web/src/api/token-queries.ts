import { queryOptions } from "@tanstack/react-query";
import type { TokenRequest } from "@wsc-dashboard/wsc-core";
import { tokenEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

const tokenCalls = callsOf(tokenEndpoints);

/** All active service tokens, and those that ended within the last month. */
export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: ({ signal }) => tokenCalls.list({}, { signal }),
});

export const createToken = (request: TokenRequest) => tokenCalls.create({ body: request });
export const revokeToken = (id: string) => tokenCalls.revoke({ params: { id }, body: {} });
