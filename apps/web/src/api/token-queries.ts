import { queryOptions } from "@tanstack/react-query";
import type { TokenRequest } from "@wsc-dashboard/wsc-core";
import { bff } from "./bff-client.ts";

/** Every service token that is active, and those that ended within a month. */
export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: ({ signal }) => bff.tokens.list({}, { signal }),
});

export const createToken = (request: TokenRequest) => bff.tokens.create({ body: request });
export const revokeToken = (id: string) => bff.tokens.revoke({ params: { id }, body: {} });
