import { type BffApi, type ChangeEvent, changeEventSchema, type Handlers } from "@wsc-dashboard/wsc-core";
import type { ChangeFeed } from "../audit/change-feed.ts";
import type { CallContext } from "../calls/call-context.ts";

export function eventHandlers(changes: ChangeFeed): Handlers<BffApi, CallContext>["events"] {
  const serialised = new WeakMap<ChangeEvent, Buffer>();
  /** An event is sent to thousands of followers, so it is serialised once. */
  function bytesOf(event: ChangeEvent): Buffer {
    const known = serialised.get(event);
    if (known !== undefined) return known;
    const bytes = Buffer.from(`id: ${event.id}\ndata: ${JSON.stringify(changeEventSchema.parse(event))}\n\n`);
    serialised.set(event, bytes);
    return bytes;
  }
  return {
    watch:
      async ({ query: { after } }, { user }) =>
      ({ send, end }) =>
        changes.follow({ personId: user.id, tell: (event) => send(bytesOf(event)), end }, after ?? null),
  };
}
