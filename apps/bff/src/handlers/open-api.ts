import { type BffApi, bffApi, type Handlers } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import { openApiOf } from "../calls/open-api.ts";

export function openApiHandlers(version: string): Handlers<BffApi, CallContext>["openApi"] {
  let document: Buffer | undefined;
  return {
    get: async () => {
      document ??= Buffer.from(JSON.stringify(openApiOf(bffApi, version)));
      return document;
    },
  };
}
