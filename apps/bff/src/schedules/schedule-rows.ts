import { type Schedule, type ScheduleRequest, type SignIn, signInOutline, targetHostOf } from "@wsc-dashboard/wsc-core";
import { LRUCache } from "lru-cache";
import type { AuditChain } from "../audit/audit-chain.ts";
import { actedBy } from "../audit/audit-event.ts";
import type { ScheduleRow } from "../database/schema.ts";
import type { User } from "../identity/identity.ts";
import type { AuditActor } from "../outbox/apply-transition.ts";
import type { Tx } from "../outbox/records.ts";
import type { RunRow } from "../outbox/schedule-runs.ts";
import { nextRuns, type RunTime } from "./run-times.ts";

/** The request as stored in JSON: without sign-in values, and without the parts that have their own columns. */
export type StoredScheduleRequest = Omit<ScheduleRequest, "signIn" | "rule" | "collision" | "blackout"> & {
  readonly signInNames?: ReturnType<typeof signInOutline>;
};

export const shownRuns = 10;

export const ruleOf = (row: Pick<ScheduleRow, "rule">): ScheduleRequest["rule"] => JSON.parse(row.rule);
export const blackoutOf = (row: Pick<ScheduleRow, "blackout">): ScheduleRequest["blackout"] => JSON.parse(row.blackout);
export const storedRequestOf = (row: Pick<ScheduleRow, "request">): StoredScheduleRequest => JSON.parse(row.request);

/** Computed runs: valid for every instant from `from` until the first of them is due. */
interface UpcomingRuns {
  readonly from: number;
  readonly until: number;
  readonly runs: RunTime[];
}
const maxRules = 2_000;
const upcoming = new LRUCache<string, UpcomingRuns>({ max: maxRules });

/** The next runs of a schedule after `at`, in milliseconds; computed once per rule and blackout hours until a run is due. */
export function upcomingRuns(row: Pick<ScheduleRow, "rule" | "blackout">, at: number): RunTime[] {
  const key = `${row.rule}\n${row.blackout}`;
  const known = upcoming.get(key);
  if (known !== undefined && at >= known.from && at < known.until) return known.runs;
  const runs = nextRuns(ruleOf(row), blackoutOf(row), at, shownRuns);
  const [first] = runs;
  if (first !== undefined) upcoming.set(key, { from: at, until: Date.parse(first.dueAt), runs });
  return runs;
}

/** The columns that a request sets. */
export function columnsOf(request: ScheduleRequest) {
  const { signIn, rule, collision, blackout, ...kept } = request;
  return {
    rule: JSON.stringify(rule),
    collision,
    blackout: JSON.stringify(blackout),
    request: JSON.stringify({ ...kept, signInNames: signInOutline(signIn) } satisfies StoredScheduleRequest),
    sign_in_kind: signIn.kind satisfies SignIn["kind"],
  };
}

/** The actor of an audit entry: a person, with the id of their request. */
export const byUser = (user: User, requestId: string): AuditActor => ({ ...actedBy(user), requestId });
/** The dashboard itself is the actor. */
export const bySystem: AuditActor = { actor: "system" };

export async function recordAct(
  audit: AuditChain,
  tx: Tx,
  row: Pick<ScheduleRow, "id" | "request">,
  at: number,
  { requestId, ...doer }: AuditActor,
  act: string,
): Promise<void> {
  await audit.append(tx, {
    at,
    ...doer,
    action: `schedule.${act}`,
    object: `schedule/${row.id}`,
    target: targetHostOf(storedRequestOf(row).startUrl),
    result: "done",
    ...(requestId === undefined ? {} : { requestId }),
  });
}

function viewOfRun({ id, due_at, state, reason, instance_no }: RunRow): Schedule["runs"][number] {
  const code = reason === null ? null : (JSON.parse(reason) as { code: string }).code;
  return {
    submissionId: id,
    dueAt: new Date(due_at).toISOString(),
    state,
    ...(code === null ? {} : { code }),
    ...(instance_no === null ? {} : { instanceNo: instance_no }),
  };
}

/** A schedule as the API returns it. */
export function viewOfSchedule(row: ScheduleRow, runs: readonly RunRow[], user: User, at: number): Schedule {
  const { startUrl, memo, excludeUrls, items, userAgent, speed } = storedRequestOf(row);
  return {
    id: row.id,
    state: row.paused_by === null ? "active" : "paused",
    ...(row.paused_by === null ? {} : { pausedBy: row.paused_by }),
    owner: row.owner_name,
    isOwn: row.owner_id === user.id || user.roles.includes("admin"),
    createdAt: new Date(row.created_at).toISOString(),
    ...{ startUrl, memo, excludeUrls, items, userAgent, speed },
    signInKind: row.sign_in_kind,
    rule: ruleOf(row),
    collision: row.collision,
    blackout: blackoutOf(row),
    next: row.paused_by === null ? upcomingRuns(row, at) : [],
    runs: runs.map(viewOfRun),
  };
}
