import {
  type FactFinding,
  type FactName,
  type FactSource,
  factNames,
  type GatewayFact,
  type GatewayFacts,
  type KnownOrder,
  learnFact,
  learnListOrder,
  learnProbedFact,
  unobserved,
} from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import { contradictedBy, readFact, writeFact } from "./fact-rows.ts";

export interface FactRegisterParts {
  readonly database: OpenDatabase;
  readonly logger: { warn(details: object, message: string): void };
  /** The gateway's clock, in milliseconds. */
  readonly now: () => number;
}

/** Facts written by other processes are seen after this many milliseconds at the latest. */
const knownForMs = 60_000;

type Learn = (known: FactFinding, seen: GatewayFact) => FactFinding | null;

const learnFromAnswer: Learn = (known, seen) =>
  seen.name === "list-order" ? learnListOrder(known, seen) : learnFact(known, seen);

export type FactRegister = ReturnType<typeof createFactRegister>;

/**
 * What the account's gateway has shown about facts that its documentation leaves open. Learns from responses that are read anyway
 * and from the probe; writes to the database only when something is new.
 */
export function createFactRegister({ database, logger, now }: FactRegisterParts) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  let known: { readonly at: number; readonly facts: ReadonlyMap<FactName, FactFinding> } | null = null;
  let work: Promise<void> = Promise.resolve();

  async function readKnown(): Promise<ReadonlyMap<FactName, FactFinding>> {
    if (known !== null && Math.abs(now() - known.at) < knownForMs) return known.facts;
    const rows = await guarded(() => db.selectFrom("gateway_fact").selectAll().execute());
    known = { at: now(), facts: new Map(rows.map((row) => [row.name, row])) };
    return known.facts;
  }

  /** Reads the fact again before replacing it, because another process may have written it meanwhile. */
  async function write(seen: GatewayFact, source: FactSource, learn: Learn): Promise<void> {
    const { name } = seen;
    const earlier = await guarded(() =>
      db.transaction().execute(async (tx) => {
        const before = await readFact(tx, name);
        const finding = learn(before, seen);
        if (finding === null) return null;
        const contradicted = contradictedBy(before, finding);
        await writeFact(tx, name, finding, { at: now(), source, earlier: contradicted });
        return contradicted;
      }),
    );
    if (earlier === null) return;
    const { value, measure } = seen;
    logger.warn({ fact: name, earlier, value, measure, source }, "the gateway contradicts what it has shown before");
  }

  async function learnAll(facts: readonly GatewayFact[], source: FactSource, learn: Learn): Promise<void> {
    const before = await readKnown();
    const news = facts.filter((seen) => learn(before.get(seen.name) ?? unobserved, seen) !== null);
    for (const seen of news) await write(seen, source, learn);
    if (news.length > 0) known = null;
  }

  return {
    /** Records what a response has shown. Returns at once and never throws. */
    observe(facts: readonly GatewayFact[], source: FactSource): void {
      const isKnown = (seen: GatewayFact): boolean =>
        known !== null && learnFromAnswer(known.facts.get(seen.name) ?? unobserved, seen) === null;
      if (facts.every(isKnown) && known !== null && Math.abs(now() - known.at) < knownForMs) return;
      work = work
        .then(() => learnAll(facts, source, learnFromAnswer))
        .catch((err: unknown) => logger.warn({ err }, "what the gateway has shown could not be kept"));
    },

    /** Records what a probe has shown. As a deliberate test it may also undo a refutation. Throws STORE_UNAVAILABLE. */
    learnFromProbe: (facts: readonly GatewayFact[]): Promise<void> => learnAll(facts, "probe", learnProbedFact),

    /** All facts, in the order of `factNames`. Throws STORE_UNAVAILABLE. */
    list: (): Promise<GatewayFacts["facts"]> =>
      guarded(async () => {
        const rows = await db.selectFrom("gateway_fact").selectAll().execute();
        return factNames.map((name) => {
          const row = rows.find((candidate) => candidate.name === name);
          if (row === undefined) return { name, ...unobserved, source: null, earlier: null, since: null };
          const { state, value, measure, source, earlier, observed_at: at } = row;
          // Facts of earlier versions have no timestamp.
          return { name, state, value, measure, source, earlier, since: at > 0 ? new Date(at).toISOString() : null };
        });
      }),

    /** The order of the list, if it never changed. Throws STORE_UNAVAILABLE. */
    listOrder: (): Promise<KnownOrder> =>
      guarded(async () => {
        const row = await db.selectFrom("gateway_fact").selectAll().where("name", "=", "list-order").executeTakeFirst();
        if (row === undefined || row.state === "assumed") return null;
        const { value, earlier } = row;
        // A list that had another order before counts as unordered.
        return earlier === null && (value === "newest-first" || value === "oldest-first") ? value : "unordered";
      }),

    /** Resolves when all observations are stored. */
    async close(): Promise<void> {
      await work;
    },
  };
}
