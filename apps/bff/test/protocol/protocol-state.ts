import { type FactFinding, type SubmissionState, unobserved } from "@wsc-dashboard/wsc-core";

/** What the product does against doubled jobs; each can be taken out to see that it is needed. */
export const guardNames = [
  "acceptance window",
  "row version",
  "second absence",
  "proven order",
  "whole memo",
  "envelope rule",
] as const;
export type GuardName = (typeof guardNames)[number];

/** What becomes of the memo that is sent: kept; cut after the token; without its token; without it when it is long. */
export type ModelMemo = "kept" | "cut" | "lost" | "long lost";

/** The gateway of one exploration. */
export interface ModelDialect {
  readonly order: "newest-first" | "oldest-first";
  /** Rows on a page. */
  readonly cap: number;
  readonly memo: ModelMemo;
  /** What earlier jobs have shown of memos. */
  readonly known: FactFinding;
}

/** What may happen around the submissions. Two of them have too many states for everything at once. */
export interface Surroundings {
  /** createJob calls of one submission. */
  readonly calls: number;
  /** A process may sleep longer than its lease and go on with what it knew. */
  readonly sleepers: boolean;
  /** One answer of the list may leave out a job that it has. */
  readonly laggingList: boolean;
  /** A schedule may be paused, changed or deleted; a person may cancel. */
  readonly withdrawal: boolean;
  /** Jobs that the budget lets through; `null` for no budget. */
  readonly budget: number | null;
}

/** What a process that sleeps is about to write: that a call begins, the outcome of its call, or of its search. */
export type SleeperAct = "beginDispatch" | "accept" | "doubt" | "refuse" | "retryLater" | "sendAgain" | "find";

/** Ages are in ticks; a tick is the window in which a copy is accepted, the lag of the list, and the step of reconciliation. */
export interface ModelRow {
  readonly state: SubmissionState;
  readonly attempts: number;
  readonly provenAbsent: number;
  /** Since the latest call was signed. */
  readonly age: number;
  readonly absences: number;
  /** Since the latest absence; -1 without one. */
  readonly absenceAge: number;
  readonly unproven: number;
  readonly withdrawn: boolean;
  readonly booked: boolean;
  /** Copies of calls on the network that may still be accepted: of this tick, and of the one before. */
  readonly youngCopies: number;
  readonly oldCopies: number;
  /** Jobs that were made: not in the list yet, and in it. */
  readonly hiddenJobs: number;
  readonly seenJobs: number;
  readonly wasMissed: boolean;
  /** A process that lost its lease; `isCurrent`: the row has still the version that it knew. */
  readonly sleeper: SleeperAct | null;
  readonly isCurrent: boolean;
}

export interface ModelState {
  readonly rows: readonly ModelRow[];
  readonly memo: FactFinding;
}

export const freshRow: ModelRow = {
  state: "SCHEDULED",
  attempts: 0,
  provenAbsent: 0,
  age: 0,
  absences: 0,
  absenceAge: -1,
  unproven: 0,
  withdrawn: false,
  booked: false,
  youngCopies: 0,
  oldCopies: 0,
  hiddenJobs: 0,
  seenJobs: 0,
  wasMissed: false,
  sleeper: null,
  isCurrent: true,
};

/** Everything that `unsearched` of the outbox sets back. */
export const unsearchedRow = { absences: 0, absenceAge: -1, unproven: 0 } as const;

export const jobsOf = ({ hiddenJobs, seenJobs }: ModelRow): number => hiddenJobs + seenJobs;
export const copiesOf = ({ youngCopies, oldCopies }: ModelRow): number => youngCopies + oldCopies;

export const firstState = (submissions: number, known: FactFinding = unobserved): ModelState => ({
  rows: Array.from({ length: submissions }, () => freshRow),
  memo: known,
});

function rowKey(row: ModelRow): string {
  let key = "";
  for (const name in row) key += `${row[name as keyof ModelRow]},`;
  return key;
}

/** The same for states that differ in nothing that matters: which of two equal submissions is which does not. */
export function stateKey({ rows, memo: { state, measure } }: ModelState, isSymmetric: boolean): string {
  const keys = rows.map(rowKey);
  return `${state}${measure ?? ""}|${(isSymmetric ? keys.sort() : keys).join("|")}`;
}

/** A successor with what happened. */
export interface Step {
  readonly event: string;
  readonly state: ModelState;
}
