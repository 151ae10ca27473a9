import { useQueryClient } from "@tanstack/react-query";
import { currentConsentVersion, type Plan, type PlanRequest, WscError } from "@wsc-dashboard/wsc-core";
import { useRef, useState } from "react";
import { createIdempotencyKey, isCertainRefusal } from "../../api/idempotency-key.ts";
import { newJobCalls } from "../../api/new-job-calls.ts";
import { scheduleCalls } from "../../api/schedule-queries.ts";
import { useFormats } from "../../messages/messages-context.tsx";

type Row = Plan["rows"][number];

/** The state of one target's request. unsure: the request may have been accepted; it is retried with the same key. */
export type PlanRowState =
  | { readonly state: "ready" | "sent" | "unsure" }
  | { readonly state: "refused"; readonly code: string };

const codeOf = (error: unknown): string => (error instanceof WscError ? error.code : "BFF_UNREACHABLE");

/**
 * Requests what a preview showed, one target after the other. Each has an idempotency key that is kept until the outcome is
 * certain, so that neither a second press nor a broken connection creates a second request. A refusal does not stop the others.
 */
export function usePlan(request: PlanRequest, rows: readonly Row[]) {
  const client = useQueryClient();
  const { language } = useFormats();
  const [states, setStates] = useState<ReadonlyMap<string, PlanRowState>>(
    () => new Map(rows.flatMap(({ host, run }) => (run === null ? [] : [[host, { state: "ready" as const }]]))),
  );
  const [isRunning, setRunning] = useState(false);
  const keys = useRef(new Map<string, string>());
  const isBusy = useRef(false);

  async function send({ host, startUrl, run }: Row, idempotencyKey: string): Promise<void> {
    if (run === null) return;
    const job = { startUrl, consent: { textVersion: currentConsentVersion, accepted: true as const, language } };
    const { zone } = request;
    if (request.repeat === "once") {
      const when = { kind: "at" as const, localTime: run.localTime, zone };
      await newJobCalls.create({ body: { ...job, when } }, { idempotencyKey });
    } else {
      const [, localTime = ""] = run.localTime.split("T");
      const rule = { every: "month" as const, nth: run.day, localTime, zone };
      await scheduleCalls.create({ body: { ...job, rule, collision: "queue" } }, { idempotencyKey });
    }
    setStates((now) => new Map(now).set(host, { state: "sent" }));
  }

  const start = async (): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    setRunning(true);
    for (const row of rows) {
      const state = states.get(row.host)?.state;
      if (state !== "ready" && state !== "unsure") continue;
      const key = keys.current.get(row.host) ?? createIdempotencyKey();
      keys.current.set(row.host, key);
      try {
        await send(row, key);
      } catch (error) {
        const next: PlanRowState = isCertainRefusal(error)
          ? { state: "refused", code: codeOf(error) }
          : { state: "unsure" };
        setStates((now) => new Map(now).set(row.host, next));
      }
    }
    isBusy.current = false;
    setRunning(false);
    for (const queryKey of [["targets"], ["schedules"], ["submissions"]]) void client.invalidateQueries({ queryKey });
  };
  const count = (...wanted: readonly PlanRowState["state"][]): number =>
    [...states.values()].filter(({ state }) => wanted.includes(state)).length;
  return { states, isRunning, start, count };
}
