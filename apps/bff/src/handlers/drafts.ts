import type { BffApi, Handlers } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { DraftStore } from "../drafts/draft-store.ts";

export function draftHandlers(drafts: DraftStore, now: () => number): Handlers<BffApi, CallContext>["drafts"] {
  return {
    get: async (_input, { user }) => ({ kept: await drafts.get(user.id, now()) }),
    save: async ({ body }, { user }) => ({ kept: await drafts.save(user.id, body.draft, now()) }),
    remove: async (_input, { user }) => ({ removed: await drafts.remove(user.id) }),
  };
}
