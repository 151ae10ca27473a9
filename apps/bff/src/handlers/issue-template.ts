import type { BffApi, Handlers } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { IssueTemplateStore } from "../verdicts/issue-template-store.ts";

export function issueTemplateHandlers(
  store: IssueTemplateStore,
  now: () => number,
): Handlers<BffApi, CallContext>["issueTemplate"] {
  return {
    get: async () => ({ template: await store.get() }),
    save: async ({ body: { template } }, context) => {
      await store.save(template, now(), context);
      return { template };
    },
  };
}
