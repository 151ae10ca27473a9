import { type FactFinding, type SubmissionState, unobserved } from "@wsc-dashboard/wsc-core";

/** The product's guards against doubled jobs; each can be removed to see that it is needed. */
export const guardNames = [
  "acceptance window",
  "row version",
  "second absence",
  "proven order",
  "whole memo",
  "envelope rule",
] as const;
export type GuardName = (typeof guardNames)[number];

/** What happens to the sent memo: kept; cut after the token; token lost; token lost when the memo is long. */
export type ModelMemo = "kept" | "cut" | "lost" | "long lost";

/** The gateway of one exploration. */
export interface ModelDialect {
  readonly order: "newest-first" | "oldest-first";
  /** Rows on a page. */
  readonly cap: number;
  readonly memo: ModelMemo;
  /** What earlier jobs have shown about memos. */
  readonly known: FactFinding;
}

/** What may happen around the submissions. With two of them there are too many states for everything at once. */
export interface Surroundings {
  /** createJob calls of one submission. */
  readonly calls: number;
  /** A process may be paused longer than its lease and continue with its old state. */
  readonly sleepers: boolean;
  /** One response of the list may omit an existing job. */
  readonly laggingList: boolean;
  /** A schedule may be paused, changed or deleted; a person may cancel. */
  readonly withdrawal: boolean;
  /** Maximum number of jobs; `null` for no budget. */
  readonly budget: number | null;
}

/** What a paused process is about to store: the start of a call, the outcome of its call, or of its search. */
export type SleeperAct = "beginDispatch" | "accept" | "doubt" | "refuse" | "retryLater" | "sendAgain" | "find";

/** Ages are in ticks; a tick is the acceptance window of a copy, the lag of the list, and the interval of reconciliation. */
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
  /** Copies of calls on the network that may still be accepted: of this tick, and of the previous one. */
  readonly youngCopies: number;
  readonly oldCopies: number;
  /** Created jobs: not in the list yet, and in it. */
  readonly hiddenJobs: number;
  readonly seenJobs: number;
  readonly wasMissed: boolean;
  /** A process that lost its lease; `isCurrent`: whether the row still has the version that it read. */
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

/** All fields that `unsearched` of the outbox resets. */
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

/** The same key for equivalent states: the order of two equal submissions does not matter. */
export function stateKey({ rows, memo: { state, measure } }: ModelState, isSymmetric: boolean): string {
  const keys = rows.map(rowKey);
  return `${state}${measure ?? ""}|${(isSymmetric ? keys.sort() : keys).join("|")}`;
}

/** A successor state with its event. */
export interface Step {
  readonly event: string;
  readonly state: ModelState;
}
