import {
  type BffApi,
  type Handlers,
  limits,
  localTimeOf,
  type VerdictChange,
  type VerdictView,
  WscError,
} from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import { fieldRefusal } from "../errors/field-refusal.ts";
import { targetOf } from "../reports/kept-target.ts";
import type { ReportReader } from "../reports/report-reader.ts";
import { verdictIdOf } from "../reports/verdict-id.ts";
import { createSharedSlots } from "../shares/shared-slots.ts";
import { endOfCalendarDay } from "../verdicts/calendar-day.ts";
import type { ChangeResult } from "../verdicts/verdict-changes.ts";
import type { ObservedReport, VerdictObservation } from "../verdicts/verdict-observation.ts";
import { verdictOfRow } from "../verdicts/verdict-rows.ts";
import type { VerdictStore } from "../verdicts/verdict-store.ts";

const dayMs = 86_400_000;
/** Maximum numbers of concurrent changes and reads. */
const maxChanges = { total: 20, perPerson: 3 };
const maxReads = { total: 50, perPerson: 6 };

export interface VerdictHandlerParts {
  readonly store: VerdictStore;
  readonly observation: VerdictObservation;
  readonly reports: Pick<ReportReader, "serialised">;
  /** Time zone in which due and end days are interpreted. */
  readonly zone: string;
  readonly now: () => number;
}

export function verdictHandlers({
  store,
  observation,
  reports,
  zone,
  now,
}: VerdictHandlerParts): Handlers<BffApi, CallContext>["verdicts"] {
  const changing = createSharedSlots(maxChanges, "changes of verdicts");
  const reading = createSharedSlots(maxReads, "verdicts of reports");
  const today = (at: number): string => localTimeOf(new Date(at), zone).localTime.slice(0, 10);

  /** The end of an accepted risk, in milliseconds; `null` for other changes. Throws when a day is past or too far away. */
  function endOfChange(change: VerdictChange, at: number): number | null {
    if (change.kind !== "decide") return null;
    const { decision } = change;
    if (decision.verdict === "in-work" && decision.due !== undefined && decision.due < today(at)) {
      throw fieldRefusal("VERDICT_DAY_PAST", "/change/decision/due");
    }
    if (decision.verdict !== "risk-accepted") return null;
    const endsAt = endOfCalendarDay(decision.until, zone);
    if (endsAt <= at) throw fieldRefusal("VERDICT_DAY_PAST", "/change/decision/until");
    if (endsAt > at + limits.acceptanceDays * dayMs) {
      throw fieldRefusal("VERDICT_DAY_TOO_FAR", "/change/decision/until");
    }
    return endsAt;
  }

  async function observeOf(host: string, instanceNo: string | undefined): Promise<ObservedReport | null> {
    if (instanceNo === undefined) return null;
    const observed = await observation.observe(await reports.serialised(instanceNo));
    if (observed.identities.host !== host) throw fieldRefusal("FINDING_NOT_FOUND", "/host");
    return observed;
  }

  const viewOf = ({ row }: ChangeResult, at: number): VerdictView | undefined =>
    row === undefined ? undefined : verdictOfRow(row, at);

  return {
    list: ({ query: { host, state, ...page } }) => store.list(host, state, page, now()),

    get: ({ params, query }) => store.get(params.id, Number(query.before ?? Number.MAX_SAFE_INTEGER), now()),

    ofReport: ({ params }, { user }) =>
      reading.run(user.id, async () => {
        const report = await reports.serialised(params.instanceNo);
        const kept = await observation.verdictsOf(report);
        return { host: targetOf(report.head.job.startUrl), today: today(now()), verdicts: kept };
      }),

    change: ({ body: { host, instanceNo, findings, change } }, { user, requestId }) =>
      changing.run(user.id, async () => {
        const at = now();
        const endsAt = endOfChange(change, at);
        const observed = await observeOf(host, instanceNo);
        const asked = findings.map(({ fingerprint, version }) => {
          const id = verdictIdOf(host, fingerprint);
          return { id, host, version, sighting: observed?.sightings.get(id) ?? null };
        });
        const results = await store.change(asked, { change, endsAt, at, user }, { user, requestId });
        return {
          results: results.map((result, index) => {
            const verdict = viewOf(result, at);
            const isUnknown = result.code === "VERDICT_NOT_FOUND" && instanceNo !== undefined;
            return {
              fingerprint: findings[index]?.fingerprint ?? "",
              ...(verdict === undefined ? {} : { verdict }),
              ...(result.code === null ? {} : { code: isUnknown ? "FINDING_NOT_FOUND" : result.code }),
            };
          }),
        };
      }),

    update: ({ params, body: { version, change } }, { user, requestId }) =>
      changing.run(user.id, async () => {
        const at = now();
        const endsAt = endOfChange(change, at);
        const asked = { id: params.id, host: null, version, sighting: null };
        const [result] = await store.change([asked], { change, endsAt, at, user }, { user, requestId });
        if (result === undefined) throw new WscError("VERDICT_NOT_FOUND");
        const verdict = viewOf(result, at);
        if (result.code !== null || verdict === undefined) {
          const code = result.code ?? "VERDICT_NOT_FOUND";
          throw new WscError(code, undefined, verdict === undefined ? {} : { present: verdict });
        }
        return { verdict };
      }),
  };
}
