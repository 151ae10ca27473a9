import type { BffApi, Handlers } from "@wsc-dashboard/wsc-core";
import type { ChangeFeed } from "../audit/change-feed.ts";
import type { CallContext } from "../calls/call-context.ts";

export function eventHandlers(changes: ChangeFeed): Handlers<BffApi, CallContext>["events"] {
  async function* watch(signal: AbortSignal) {
    for await (const nouns of changes.follow(signal)) yield { nouns: [...nouns] };
  }
  return { watch: async (_input, { signal }) => watch(signal) };
}
