import type { BffApi, Handlers } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import { readHostPattern } from "../config/host-pattern.ts";
import { fieldRefusal } from "../errors/field-refusal.ts";
import type { TokenStore } from "../tokens/token-store.ts";

/** Normalizes the host patterns. Throws VALUE_INVALID for one that can never match. */
function readTargets(patterns: readonly string[] | null): string[] | null {
  if (patterns === null) return null;
  return patterns.map((pattern, index) => {
    const read = readHostPattern(pattern.trim());
    if ("problem" in read) throw fieldRefusal("VALUE_INVALID", `/targets/${index}`);
    return read.value;
  });
}

export function tokenHandlers(
  tokens: Pick<TokenStore, "list" | "create" | "revoke">,
  now: () => number,
): Handlers<BffApi, CallContext>["tokens"] {
  return {
    list: async () => ({ tokens: await tokens.list(now()) }),
    create: ({ body }, context) => tokens.create({ ...body, targets: readTargets(body.targets) }, now(), context),
    revoke: async ({ params }, context) => ({ token: await tokens.revoke(params.id, now(), context) }),
  };
}
