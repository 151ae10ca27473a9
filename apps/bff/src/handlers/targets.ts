import { type BffApi, type Handlers, type SignIn, targetHostOf, WscError } from "@wsc-dashboard/wsc-core";
import type { AuditChain, AuditEvent } from "../audit/audit-chain.ts";
import type { CallContext } from "../http/bind-handlers.ts";
import type { OpenStore } from "../store/open-store.ts";
import { storeGuard } from "../store/store-guard.ts";
import type { Ownership } from "../targets/ownership.ts";
import { checkTarget } from "../targets/target-checker.ts";
import type { TargetFetcher } from "../targets/target-fetcher.ts";
import type { JobRules } from "./job-rules.ts";

export interface TargetHandlerParts {
  readonly fetcher: TargetFetcher;
  readonly ownership: Ownership;
  readonly rules: JobRules;
  readonly store: OpenStore;
  readonly audit: AuditChain;
  readonly now: () => number;
}

/** Calls to targets at a time, for everybody together. */
const maxCalls = 4;

export function targetHandlers({
  fetcher,
  ownership,
  rules,
  store,
  audit,
  now,
}: TargetHandlerParts): Handlers<BffApi, CallContext>["targets"] {
  const guarded = storeGuard(store);
  let calls = 0;

  async function limited<T>(work: () => Promise<T>): Promise<T> {
    if (calls >= maxCalls) throw new WscError("SERVER_BUSY", "too many calls to targets at a time");
    calls += 1;
    try {
      return await work();
    } finally {
      calls -= 1;
    }
  }

  const record = (entry: AuditEvent): Promise<void> =>
    guarded(() => store.db.transaction().execute((tx) => audit.append(tx, entry)));

  /** Trying somebody's password on somebody's server is an act: it is written down before and after. */
  async function recorded<T>(
    { startUrl, signIn }: { startUrl: string; signIn: SignIn },
    { user, requestId }: CallContext,
    work: () => Promise<T>,
  ): Promise<T> {
    const about = { actor: user.id, action: "target.check", object: `target/${targetHostOf(startUrl)}`, requestId };
    await record({ ...about, at: now(), result: "intent", details: { signIn: signIn.kind } });
    try {
      const result = await work();
      await record({ ...about, at: now(), result: "done" });
      return result;
    } catch (error) {
      if (error instanceof WscError && error.code !== "STORE_UNAVAILABLE") {
        await record({ ...about, at: now(), result: "failed", details: { code: error.code } });
      }
      throw error;
    }
  }

  return {
    check: async ({ body }, context) => {
      rules.checkTarget(body);
      rules.checkOwnCall(body.startUrl, "/startUrl");
      return limited(() => recorded(body, context, () => checkTarget(fetcher, body.startUrl, body.signIn)));
    },
    ownership: async ({ body }) => {
      rules.checkOwnCall(body.startUrl, "/startUrl");
      return limited(() => ownership.verify(body.startUrl, now()));
    },
  };
}
