import { type Query, useQueryClient } from "@tanstack/react-query";
import { WscError } from "@wsc-dashboard/wsc-core";
import { useCallback, useSyncExternalStore } from "react";
import { errorTextOf } from "../messages/error-text.ts";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { worstCondition } from "./conditions.ts";

interface SeenCondition {
  readonly code: string;
  readonly asOf: string | null;
  /** When the dashboard calls the upstream again, while calls are paused. */
  readonly retryAt?: string | null;
}

/** The product-wide condition that a query's result reports; `null` when no mounted component uses the query. */
function seenIn(query: Query): SeenCondition | null {
  const data = query.state.data;
  if (query.getObserversCount() === 0 || typeof data !== "object" || data === null) return null;
  const asOf = "asOf" in data && typeof data.asOf === "string" ? data.asOf : null;
  if (query.state.error instanceof WscError) return { code: query.state.error.code, asOf };
  const stale = "stale" in data ? data.stale : undefined;
  if (typeof stale === "object" && stale !== null && "code" in stale && typeof stale.code === "string") {
    const retryAt = "retryAt" in stale && typeof stale.retryAt === "string" ? stale.retryAt : null;
    return { code: stale.code, asOf, retryAt };
  }
  return null;
}

/** At most one line for conditions that concern every page; the worst one is shown. */
export function ConditionBanner() {
  const messages = useMessages();
  const formats = useFormats();
  const cache = useQueryClient().getQueryCache();
  const subscribe = useCallback((onChange: () => void) => cache.subscribe(onChange), [cache]);
  // A string, so that `useSyncExternalStore` can compare it by value.
  const seen = useSyncExternalStore(subscribe, () => {
    const conditions = cache.getAll().map(seenIn);
    const worst = worstCondition(conditions.flatMap((condition) => (condition ? [condition.code] : [])));
    if (worst === null) return "";
    const condition = conditions.find((seen) => seen?.code === worst);
    return `${worst} ${condition?.asOf ?? ""} ${condition?.retryAt ?? ""}`;
  });
  if (seen === "") return null;
  const [code = "", asOf = "", retryAt = ""] = seen.split(" ");
  const { title, next } = errorTextOf(messages, code);
  const { dataFrom, asksAgainAt, sentenceGap } = messages.shell;
  return (
    <div
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-medium bg-medium-soft px-page py-2 text-medium-text print:hidden"
      role="alert"
    >
      <p>
        <strong>{title}</strong>
        {sentenceGap}
        {asOf === "" ? null : dataFrom(formats.zoned(asOf)) + sentenceGap}
        {next}
        {retryAt === "" ? null : sentenceGap + asksAgainAt(formats.zoned(retryAt))}
        <span translate="no">{formats.bracketed(code)}</span>
      </p>
    </div>
  );
}
