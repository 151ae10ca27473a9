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
  /** By the gateway's clock, in milliseconds. */
  readonly now: () => number;
}

/** What another process has written is seen after so many milliseconds at the latest. */
const knownForMs = 60_000;

type Learn = (known: FactFinding, seen: GatewayFact) => FactFinding | null;

const learnFromAnswer: Learn = (known, seen) =>
  seen.name === "list-order" ? learnListOrder(known, seen) : learnFact(known, seen);

export type FactRegister = ReturnType<typeof createFactRegister>;

/**
 * What the account's gateway has shown of the facts that its documents leave open. Answers that pass fill it, and so does the
 * probe; the database is written only when one of them says something new.
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

  /** Another process may have learned something since: what is known is read once more before it is replaced. */
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
    /** Records what an answer has shown. The caller does not wait for it and never fails by it. */
    observe(facts: readonly GatewayFact[], source: FactSource): void {
      const isKnown = (seen: GatewayFact): boolean =>
        known !== null && learnFromAnswer(known.facts.get(seen.name) ?? unobserved, seen) === null;
      if (facts.every(isKnown) && known !== null && Math.abs(now() - known.at) < knownForMs) return;
      work = work
        .then(() => learnAll(facts, source, learnFromAnswer))
        .catch((err: unknown) => logger.warn({ err }, "what the gateway has shown could not be kept"));
    },

    /** What a probe has shown: it looks on purpose, so it may also undo what was refuted. Throws STORE_UNAVAILABLE. */
    learnFromProbe: (facts: readonly GatewayFact[]): Promise<void> => learnAll(facts, "probe", learnProbedFact),

    /** Every fact, in the order of the list. Throws STORE_UNAVAILABLE. */
    list: (): Promise<GatewayFacts["facts"]> =>
      guarded(async () => {
        const rows = await db.selectFrom("gateway_fact").selectAll().execute();
        return factNames.map((name) => {
          const row = rows.find((candidate) => candidate.name === name);
          if (row === undefined) return { name, ...unobserved, source: null, earlier: null, since: null };
          const { state, value, measure, source, earlier, observed_at: at } = row;
          // Facts of earlier versions have no instant.
          return { name, state, value, measure, source, earlier, since: at > 0 ? new Date(at).toISOString() : null };
        });
      }),

    /** The order of the list, as far as it was always the same. Throws STORE_UNAVAILABLE. */
    listOrder: (): Promise<KnownOrder> =>
      guarded(async () => {
        const row = await db.selectFrom("gateway_fact").selectAll().where("name", "=", "list-order").executeTakeFirst();
        if (row === undefined || row.state === "assumed") return null;
        const { value, earlier } = row;
        // One that came in another order before has none.
        return earlier === null && (value === "newest-first" || value === "oldest-first") ? value : "unordered";
      }),

    /** Resolves when everything that was observed is kept. */
    async close(): Promise<void> {
      await work;
    },
  };
}
