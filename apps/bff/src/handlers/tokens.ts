import type { BffApi, Handlers } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { TokenStore } from "../tokens/token-store.ts";
import { readTargetPatterns } from "./target-patterns.ts";

export function tokenHandlers(
  tokens: Pick<TokenStore, "list" | "create" | "revoke">,
  now: () => number,
): Handlers<BffApi, CallContext>["tokens"] {
  return {
    list: async () => ({ tokens: await tokens.list(now()) }),
    create: ({ body }, context) =>
      tokens.create({ ...body, targets: readTargetPatterns(body.targets) }, now(), context),
    revoke: async ({ params }, context) => ({ token: await tokens.revoke(params.id, now(), context) }),
  };
}
