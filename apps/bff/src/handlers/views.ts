import type { BffApi, Handlers } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { ViewStore } from "../views/view-store.ts";

export function viewHandlers(store: ViewStore, now: () => number): Handlers<BffApi, CallContext>["views"] {
  return {
    list: async ({ query }, { user }) => ({ views: await store.list(user, query.list) }),
    create: async ({ body: { list, ...content } }, act) => ({ view: await store.create(list, content, now(), act) }),
    update: async ({ params, body: { version, ...content } }, act) => ({
      view: await store.update(params.id, content, version, now(), act),
    }),
    share: async ({ params, body }, act) => ({ view: await store.share(params.id, body.isShared, now(), act) }),
    remove: async ({ params }, act) => {
      await store.remove(params.id, now(), act);
      return { removed: true };
    },
    setDefault: async ({ body: { list, id } }, { user }) => {
      await store.setDefault(list, id, user);
      return { id };
    },
  };
}
