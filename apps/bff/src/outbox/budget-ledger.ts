import { type BudgetUse, budgetLevel, instantOfWallTime, wallTimeAt } from "@wsc-dashboard/wsc-core";
import type { Tx } from "./records.ts";
import { waiting } from "./states.ts";

const hourMs = 3_600_000;

export interface Budgets {
  /** 0: no limit. */
  readonly perDay: number;
  readonly perUserHour: number;
  /** Maximum number of open reservations of one person. 0: no limit. */
  readonly reservationsPerUser: number;
  /** Time zone in which a day starts and ends. */
  readonly timeZone: string;
}

/** Due submissions that are not booked yet: of everybody, and of one person. */
export interface Pending {
  readonly all: number;
  readonly own: number;
}
export const nothingPending: Pending = { all: 0, own: 0 };

function dayStart(at: number, timeZone: string): number {
  const wall = wallTimeAt(new Date(at), timeZone);
  return instantOfWallTime({ ...wall, hour: 0, minute: 0, second: 0, millisecond: 0 }, timeZone).getTime();
}

async function bookedSince(tx: Tx, since: number, ownerId?: string): Promise<number> {
  let query = tx
    .selectFrom("booking")
    .select((row) => row.fn.countAll<number>().as("count"))
    .where("booked_at", ">=", since);
  if (ownerId !== undefined) query = query.where("owner_id", "=", ownerId);
  return Number((await query.executeTakeFirstOrThrow()).count);
}

const dayMs = 24 * hourMs;

/** The start of the next day. Adds 36 hours and goes back to midnight, so that days of 23 or 25 hours are handled. */
const nextDayStart = (at: number, timeZone: string): number =>
  dayStart(dayStart(at, timeZone) + dayMs + dayMs / 2, timeZone);

/** When enough of the person's bookings are older than an hour that `over` + 1 are free; `null` when there are fewer bookings. */
async function hourFreeAt(tx: Tx, at: number, ownerId: string, over: number): Promise<number | null> {
  const booking = await tx
    .selectFrom("booking")
    .select("booked_at")
    .where("booked_at", ">=", at - hourMs)
    .where("owner_id", "=", ownerId)
    .orderBy("booked_at")
    .offset(over)
    .limit(1)
    .executeTakeFirst();
  return booking === undefined ? null : Number(booking.booked_at) + hourMs + 1;
}

/** The budget, with the time at which it has room again when it is used up. */
async function withNext(
  budget: { readonly used: number; readonly limit: number },
  freeAt: (over: number) => number | null | Promise<number | null>,
): Promise<NonNullable<BudgetUse["day"]>> {
  if (budget.used < budget.limit) return budget;
  const nextAt = await freeAt(budget.used - budget.limit);
  return nextAt === null ? budget : { ...budget, nextAt: new Date(nextAt).toISOString() };
}

async function pending(tx: Tx, at: number, ownerId: string): Promise<Pending> {
  const unbooked = tx
    .selectFrom("submission")
    .leftJoin("booking", "booking.submission_id", "submission.id")
    .select((row) => row.fn.countAll<number>().as("count"))
    .where("submission.state", "in", [...waiting])
    .where("submission.due_at", "<=", at)
    .where("booking.submission_id", "is", null);
  const all = Number((await unbooked.executeTakeFirstOrThrow()).count);
  const own = Number((await unbooked.where("submission.owner_id", "=", ownerId).executeTakeFirstOrThrow()).count);
  return { all, own };
}

export type BudgetLedger = ReturnType<typeof createBudgetLedger>;

/** Counts the calls of the account and of each person. A submission is booked once, when it is claimed. */
export function createBudgetLedger(budgets: Budgets) {
  async function use(tx: Tx, ownerId: string, at: number, unbooked: Pending): Promise<BudgetUse> {
    const { perDay, perUserHour, timeZone } = budgets;
    const day = async () => {
      const used = (await bookedSince(tx, dayStart(at, timeZone))) + unbooked.all;
      // Waiting submissions will use the next day's budget first.
      return withNext({ used, limit: perDay }, () => (unbooked.all < perDay ? nextDayStart(at, timeZone) : null));
    };
    const userHour = async () => {
      const used = (await bookedSince(tx, at - hourMs, ownerId)) + unbooked.own;
      return withNext({ used, limit: perUserHour }, (over) => hourFreeAt(tx, at, ownerId, over));
    };
    return {
      day: perDay === 0 ? null : await day(),
      userHour: perUserHour === 0 ? null : await userHour(),
    };
  }

  /** Use of the daily budget by everybody; `null` without a limit. */
  async function useOfDay(tx: Tx, at: number): Promise<BudgetUse["day"]> {
    return (await use(tx, "", at, await pending(tx, at, ""))).day;
  }

  async function isOver(tx: Tx, ownerId: string, at: number, unbooked: Pending): Promise<boolean> {
    const { day, userHour } = await use(tx, ownerId, at, unbooked);
    return [day, userHour].some((budget) => budget !== null && budgetLevel(budget) === "over");
  }

  return {
    pending,
    use,
    useOfDay,
    /** The start of the day that contains `at`, in milliseconds. */
    dayStart: (at: number): number => dayStart(at, budgets.timeZone),
    isOver,

    /** Whether the person exceeds the limit of open reservations, counting the one inserted in this transaction. */
    async hasTooManyReservations(tx: Tx, ownerId: string): Promise<boolean> {
      const { reservationsPerUser } = budgets;
      if (reservationsPerUser === 0) return false;
      const { open } = await tx
        .selectFrom("submission")
        .select((row) => row.fn.countAll().as("open"))
        .where("settled_at", "is", null)
        .where("owner_id", "=", ownerId)
        .where("schedule_id", "is", null)
        .whereRef("due_at", ">", "created_at")
        .executeTakeFirstOrThrow();
      return Number(open) > reservationsPerUser;
    },

    async isBooked(tx: Tx, id: string): Promise<boolean> {
      const booked = await tx
        .selectFrom("booking")
        .select("submission_id")
        .where("submission_id", "=", id)
        .executeTakeFirst();
      return booked !== undefined;
    },

    /** Idempotent: a submission is booked once. */
    async book(tx: Tx, id: string, ownerId: string, at: number): Promise<void> {
      await tx
        .insertInto("booking")
        .values({ submission_id: id, owner_id: ownerId, booked_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    /** Returns the booking of a submission that created no job. */
    async release(tx: Tx, id: string): Promise<void> {
      await tx.deleteFrom("booking").where("submission_id", "=", id).execute();
    },
  };
}
