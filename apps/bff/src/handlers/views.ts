import type { BffApi, Handlers } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import { createPersonRate } from "../shares/person-rate.ts";
import type { ViewStore } from "../views/view-store.ts";

/** Everybody may change views, and every change is an entry in the audit log. */
const changes = { burst: 60, perSecond: 0.5 } as const;

export function viewHandlers(store: ViewStore, now: () => number): Handlers<BffApi, CallContext>["views"] {
  const take = createPersonRate(changes, "views");
  return {
    list: async ({ query }, { user }) => ({ views: await store.list(user, query.list) }),
    create: async ({ body: { list, ...content } }, act) => {
      take(act.user.id);
      return { view: await store.create(list, content, now(), act) };
    },
    update: async ({ params, body: { version, ...content } }, act) => {
      take(act.user.id);
      return { view: await store.update(params.id, content, version, now(), act) };
    },
    share: async ({ params, body }, act) => {
      take(act.user.id);
      return { view: await store.share(params.id, body.isShared, now(), act) };
    },
    remove: async ({ params }, act) => {
      take(act.user.id);
      await store.remove(params.id, now(), act);
      return { removed: true };
    },
    setDefault: async ({ body: { list, id } }, { user }) => {
      await store.setDefault(list, id, user);
      return { id };
    },
  };
}
