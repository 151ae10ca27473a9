import {
  compareMemo,
  type FactFinding,
  isCertainRefusal,
  isSettled as isSettledState,
  judgeMemoKept,
  memoGap,
} from "@wsc-dashboard/wsc-core";
import {
  absenceProofStartsAt,
  afterAbsence,
  afterDue,
  afterLostLease,
  afterRefusal,
  afterWithdrawal,
  countAbsence,
  isSearchGivenUp,
  judgeRefusal,
  judgeSearch,
  type SubmissionTimings,
  transitionWhenWithdrawn,
} from "../../src/outbox/decisions.ts";
import { isSearching, waiting } from "../../src/outbox/states.ts";
import { type ChangeName, type Transition, transitions } from "../../src/outbox/transitions.ts";
import type { ExploredModel } from "./explore.ts";
import { createModelList } from "./model-list.ts";
import {
  copiesOf,
  firstState,
  type GuardName,
  jobsOf,
  type ModelDialect,
  type ModelRow,
  type ModelState,
  type SleeperAct,
  type Step,
  type Surroundings,
  stateKey,
  unsearchedRow,
} from "./protocol-state.ts";

const tickMs = 1_000;
/** Absence counts from this age on, in ticks: one in which a copy may be accepted, and one of lag. */
const provableAge = 2;
/** Memo lengths of the first and of the second submission, in characters. */
const memoLengths = [30, 40] as const;
const inTime = { dueAt: 0, at: 0 };
const late = { dueAt: 0, at: 10 * tickMs };

interface Next {
  readonly event: string;
  readonly row: ModelRow | null;
  readonly memo?: FactFinding;
}

export interface ModelOptions {
  readonly dialect: ModelDialect;
  readonly surroundings: Surroundings;
  readonly submissions: number;
  /** The guard that is removed. */
  readonly without?: GuardName;
}

/**
 * Applies one transition of the table as `apply-transition.ts` does, as far as the model has its columns; `null` where the table
 * does not allow it. A change by a person or another process increments the version.
 */
function change(row: ModelRow, name: ChangeName, set: Partial<ModelRow> = {}): ModelRow | null {
  const { from, to, withdrawn, budget, version }: Transition = transitions[name];
  if (!from.includes(row.state)) return null;
  if ((withdrawn === "must be" && !row.withdrawn) || (withdrawn === "must not be" && row.withdrawn)) return null;
  const booked = budget === "keep" ? row.booked : budget === "book";
  const isCurrent = version === "next" ? false : row.isCurrent;
  return {
    ...row,
    booked,
    isCurrent: row.sleeper === null || isCurrent,
    ...set,
    state: to === "same" ? row.state : to,
  };
}

/** Only one process is paused at a time. */
const isSecondSleeper = (next: ModelRow, row: ModelRow, rows: readonly ModelRow[]): boolean =>
  row.sleeper === null && next.sleeper !== null && rows.some(({ sleeper }) => sleeper !== null);

/** The dashboard with a small model of the gateway: the table of transitions, its decisions, and their surroundings. */
export function createModel({ dialect, surroundings, submissions, without }: ModelOptions): ExploredModel {
  const has = (guard: GuardName): boolean => without !== guard;
  const windowMs = has("acceptance window") ? tickMs : 0;
  const timings = {
    reconcileStepMs: tickMs,
    signatureValidityMs: windowMs,
    indexLagMs: windowMs,
    misfireGraceMs: tickMs,
  } as SubmissionTimings;
  const proofStartsAt = absenceProofStartsAt(0, timings);
  const walkList = createModelList(dialect, has("proven order"));
  const keepsToken = (index: number): boolean =>
    dialect.memo !== "lost" && (dialect.memo !== "long lost" || index === 0);

  /** The next states after a response that looks like a refusal. */
  function refusal(
    row: ModelRow,
    code: string,
    httpStatus: number,
    form: "gateway-error" | "service-error",
  ): ModelRow[] {
    const certain = !has("envelope rule") || isCertainRefusal({ code, httpStatus, form });
    const facts = { attempt: row.attempts, sent: "maybe", retryAfterMs: null, clockMoved: false, certain } as const;
    const verdict = judgeRefusal(code, facts);
    if (verdict.kind === "doubt") return [change(row, "doubt")].filter((next) => next !== null);
    const retry = verdict.kind === "failed" ? null : { waitMs: 0 };
    return [inTime, late].flatMap(({ dueAt, at }) => {
      const name = afterRefusal({ dueAt, attempts: row.attempts }, at, retry, timings);
      const next = change(row, name) ?? (name === "retryLater" ? change(row, transitionWhenWithdrawn[name]) : null);
      return next === null ? [] : [next];
    });
  }

  /** The newest copy is refused, so it is never accepted. */
  const withoutCopy = (row: ModelRow): ModelRow => ({ ...row, youngCopies: row.youngCopies - 1 });
  const isRefusable = ({ state, youngCopies }: ModelRow): boolean => state === "DISPATCHING" && youngCopies > 0;

  function answers(row: ModelRow): Next[] {
    if (row.state !== "DISPATCHING") return [];
    const name = (event: string, rows: readonly ModelRow[]): Next[] => rows.map((next) => ({ event, row: next }));
    const isCarriedOut = copiesOf(row) === 0 && jobsOf(row) > 0;
    return [
      ...(isCarriedOut ? [{ event: "says yes", row: change(row, "accept") }] : []),
      { event: "its answer is lost", row: change(row, "doubt") },
      ...name("says 100 with HTTP 200", refusal(row, "100", 200, "gateway-error")),
      ...(isRefusable(row)
        ? [
            ...name("refuses for good", refusal(withoutCopy(row), "160451", 200, "service-error")),
            ...name("refuses for now", refusal(withoutCopy(row), "160452", 200, "service-error")),
          ]
        : []),
    ];
  }

  function recover(row: ModelRow, slept: SleeperAct | null = null): ModelRow | null {
    const name = afterLostLease(row.state);
    if (name === null) return null;
    const set = name === "recoverSearch" ? {} : unsearchedRow;
    const left: ModelRow = slept === null ? row : { ...row, sleeper: slept, isCurrent: true };
    return change(left, name, set) ?? (name === "recoverClaim" ? change(left, transitionWhenWithdrawn[name]) : null);
  }

  /** A process is paused longer than its lease, before its call or before it stores the response. */
  function fallAsleep(row: ModelRow): Next[] {
    if (!surroundings.sleepers || row.sleeper !== null) return [];
    const sleep = (from: ModelRow, act: SleeperAct): Next => ({
      event: `sleeps before "${act}"`,
      row: recover(from, act),
    });
    if (row.state === "CLAIMED") return [sleep(row, "beginDispatch")];
    if (row.state !== "DISPATCHING") return [];
    const isCarriedOut = copiesOf(row) === 0 && jobsOf(row) > 0;
    const refused = withoutCopy(row);
    return [
      sleep(row, "doubt"),
      ...(isCarriedOut ? [sleep(row, "accept")] : []),
      ...(isRefusable(row) ? [sleep(refused, "refuse"), sleep(refused, "retryLater")] : []),
    ];
  }

  /** A process is paused after its search, before it stores the result. */
  function sleepAfterSearch(row: ModelRow, next: ModelRow | null): Next[] {
    const act = next?.state === "RETRY_WAIT" ? "sendAgain" : next?.state === "BOUND" ? "find" : null;
    if (act === null || !surroundings.sleepers || row.sleeper !== null) return [];
    return [{ event: `sleeps before "${act}"`, row: recover(row, act) }];
  }

  /** Continues with its old state: the row version prevents changes to a row that has moved on, and its send lock is gone. */
  function wakeUp(row: ModelRow): Next[] {
    if (row.sleeper === null) return [];
    const awake = { ...row, sleeper: null, isCurrent: true };
    const isRefused = row.sleeper === "beginDispatch" || (has("row version") && !row.isCurrent);
    const set = row.sleeper === "sendAgain" ? { provenAbsent: row.provenAbsent + 1, ...unsearchedRow } : {};
    const next = isRefused ? null : change(awake, row.sleeper, set);
    return [{ event: `wakes up for "${row.sleeper}"`, row: next ?? awake }];
  }

  function emptySearch(row: ModelRow, index: number, isAbsent: boolean, memo: FactFinding): ModelRow[] {
    const startedAt = row.age * tickMs;
    // After many searches, so that the time alone can end them.
    const known = { searches: 1_000, absences: row.absences, unproven: row.unproven };
    const lastAbsenceAt = row.absenceAge < 0 ? null : startedAt - row.absenceAge * tickMs;
    const outcome = isAbsent ? "absent" : "unproven";
    const counted = countAbsence({ ...known, lastAbsenceAt }, { startedAt, outcome }, proofStartsAt, timings);
    const absenceAge = counted.lastAbsenceAt === null ? -1 : (startedAt - counted.lastAbsenceAt) / tickMs;
    const set = { absences: counted.absences, unproven: counted.unproven, absenceAge };
    const isProven = counted.isProven || (!has("second absence") && counted.absences > 0);
    if (!isProven) {
      const isOver = !isAbsent && isSearchGivenUp(counted, startedAt, proofStartsAt, timings);
      return [change(row, isOver ? "unprovenToPerson" : "searchAgain", set)].filter((next) => next !== null);
    }
    const gap = has("whole memo") ? memoGap(memo, memoLengths[index] ?? 0) : null;
    const isBlocked = (has("whole memo") && row.state === "ACCEPTED") || gap !== null;
    const provenAbsent = row.provenAbsent + 1;
    const settled = { ...set, provenAbsent };
    const withdrawn = isBlocked ? null : change(row, transitionWhenWithdrawn.sendAgain, settled);
    if (withdrawn !== null) return [withdrawn];
    return [inTime, late].flatMap(({ dueAt, at }) => {
      const name = afterAbsence({ dueAt, attempts: row.attempts, provenAbsent }, at, isBlocked, timings);
      const next = change(row, name, { ...settled, ...unsearchedRow });
      return next === null ? [] : [next];
    });
  }

  function search(row: ModelRow, index: number, memo: FactFinding): Next[] {
    if (!isSearching(row.state)) return [];
    const look = (event: string, jobs: readonly boolean[], set: Partial<ModelRow> = {}): Next[] => {
      const { isMet, step } = walkList(jobs);
      const looked = { ...row, ...set };
      if (!isMet) {
        const next = emptySearch(looked, index, step.kind === "complete", memo);
        return next.flatMap((one) => [{ event: `${event} finds nothing`, row: one }, ...sleepAfterSearch(looked, one)]);
      }
      const verdict = judgeSearch(jobs);
      const sent = "x".repeat(memoLengths[index] ?? 0);
      const shown = judgeMemoKept(memo, compareMemo(sent, dialect.memo === "cut" ? sent.slice(0, 20) : sent));
      const found = change(looked, verdict === "doubled" ? "review" : "find");
      const met = { event: `${event} finds it`, row: found, ...(shown === null ? {} : { memo: shown }) };
      return [met, ...sleepAfterSearch(looked, found)];
    };
    const listed = Array.from({ length: row.seenJobs }, () => keepsToken(index));
    const isMissable = surroundings.laggingList && row.seenJobs > 0 && !row.wasMissed;
    return [
      ...look("search", listed),
      ...(isMissable ? look("search of a list that lags", [], { wasMissed: true }) : []),
      { event: "search fails", row: change(row, "searchAgain", { absences: 0, absenceAge: -1 }) },
    ];
  }

  /** A person decides once no copy can arrive any more, knowing what the gateway has. */
  function decisions(row: ModelRow): Next[] {
    const isQuiet = copiesOf(row) === 0;
    const isGone = isQuiet && jobsOf(row) === 0;
    const again = { provenAbsent: 0, ...unsearchedRow };
    return [
      ...(surroundings.withdrawal ? [{ event: "a person cancels", row: change(row, "cancel") }] : []),
      ...(isQuiet && jobsOf(row) > 0 ? [{ event: "a person names the job", row: change(row, "resolveExists") }] : []),
      ...(isGone ? [{ event: "a person gives up", row: change(row, "resolveDrop") }] : []),
      ...(isGone && row.attempts < surroundings.calls
        ? [{ event: "a person sends again", row: change(row, "resolveResend", again) }]
        : []),
    ];
  }

  function withdrawal(row: ModelRow): Next[] {
    const name = row.withdrawn || !surroundings.withdrawal ? null : afterWithdrawal(row.state);
    return name === null ? [] : [{ event: "its schedule changes", row: change(row, name, { withdrawn: true }) }];
  }

  function network(row: ModelRow): Next[] {
    const { youngCopies, oldCopies, hiddenJobs } = row;
    const made = { ...row, hiddenJobs: hiddenJobs + 1 };
    return [
      ...(youngCopies > 0
        ? [
            { event: "the gateway accepts it", row: { ...made, youngCopies: youngCopies - 1 } },
            { event: "it is lost on its way", row: { ...row, youngCopies: youngCopies - 1 } },
          ]
        : []),
      ...(oldCopies > 0
        ? [{ event: "the gateway accepts an old copy", row: { ...made, oldCopies: oldCopies - 1 } }]
        : []),
    ];
  }

  function grow(row: ModelRow): ModelRow {
    const isSigned = isSearching(row.state) || row.state === "DISPATCHING";
    return {
      ...row,
      age: isSigned ? Math.min(provableAge, row.age + 1) : row.age,
      absenceAge: row.absenceAge < 0 ? -1 : 1,
      youngCopies: 0,
      oldCopies: row.youngCopies,
      hiddenJobs: 0,
      seenJobs: row.hiddenJobs + row.seenJobs,
    };
  }

  function claim(row: ModelRow, others: readonly ModelRow[]): Next[] {
    if (!(waiting as readonly string[]).includes(row.state)) return [];
    // The send lock: one call at a time for the account.
    const isLocked = others.some(({ state }) => state === "CLAIMED" || state === "DISPATCHING");
    const { budget } = surroundings;
    const isOverBudget = budget !== null && !row.booked && others.filter(({ booked }) => booked).length >= budget;
    const facts = { isTargetBusy: false, collision: null, isBlackedOut: false, isOverBudget };
    return [inTime, late].flatMap(({ dueAt, at }) => {
      const name = afterDue({ state: row.state, dueAt }, at, facts, timings);
      const isSent = name === "claim" && (isLocked || row.attempts >= surroundings.calls);
      return isSent ? [] : [{ event: name, row: change(row, name) }];
    });
  }

  function process(row: ModelRow): Next[] {
    const begun = { attempts: row.attempts + 1, age: 0, youngCopies: row.youngCopies + 1, ...unsearchedRow };
    return [
      { event: "its call leaves", row: change(row, "beginDispatch", begun) },
      ...(row.state === "CLAIMED"
        ? [
            { event: "its target cannot be scanned", row: change(row, "abandon") },
            { event: "its credentials are gone", row: change(row, "abandonToPerson") },
          ]
        : []),
      { event: "its process is gone", row: recover(row) },
    ];
  }

  function rowSteps(row: ModelRow, index: number, { rows, memo }: ModelState): Next[] {
    return [
      ...claim(row, rows.toSpliced(index, 1)),
      ...process(row),
      ...answers(row),
      ...search(row, index, memo),
      ...fallAsleep(row),
      ...wakeUp(row),
      ...decisions(row),
      ...withdrawal(row),
      ...network(row),
    ];
  }

  return {
    first: firstState(submissions, dialect.known),
    // Submissions with memos of different lengths are not interchangeable.
    keyOf: (state) => stateKey(state, dialect.memo !== "long lost"),
    steps: (state) => {
      const { rows, memo } = state;
      const steps: Step[] = [{ event: "time passes", state: { memo, rows: rows.map(grow) } }];
      // Every process ends; rows that none of them had claimed are unchanged.
      const restarted = rows.map((row) => ({ ...(recover(row) ?? row), sleeper: null, isCurrent: true }));
      steps.push({ event: "all crash and start again", state: { memo, rows: restarted } });
      for (const [index, row] of rows.entries())
        for (const { event, row: next, memo: shown } of rowSteps(row, index, state)) {
          if (next === null || isSecondSleeper(next, row, rows)) continue;
          steps.push({ event: `${index + 1}: ${event}`, state: { memo: shown ?? memo, rows: rows.with(index, next) } });
        }
      return steps;
    },
    fault: ({ rows }, before) => {
      for (const [index, row] of rows.entries()) {
        const who = `submission ${index + 1}`;
        if (jobsOf(row) > 1) return `${who} has two jobs`;
        if (jobsOf(row) > 0 && isSettledState(row.state) && row.state !== "BOUND")
          return `${who} is ${row.state} although its job exists`;
        if (row.state === "BOUND" && jobsOf(row) === 0) return `${who} is bound to nothing`;
        const sentNow = row.attempts > (before.rows[index]?.attempts ?? 0);
        if (row.withdrawn && sentNow) return `${who} was sent for a schedule that is gone`;
      }
      return rows.filter(({ state }) => state === "CLAIMED" || state === "DISPATCHING").length > 1
        ? "two calls at a time"
        : null;
    },
    isOver: ({ rows }) => rows.every(({ state }) => isSettledState(state)),
  };
}
