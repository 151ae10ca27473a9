import type { Transaction } from "kysely";
import type { AuditChain } from "../audit/audit-chain.ts";
import { type Actor, actedBy } from "../audit/audit-event.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Database, VerdictRow } from "../database/schema.ts";
import { mentionedIn } from "./mentions.ts";
import { createScanResults } from "./scan-results.ts";
import type { TellVerdictNews, VerdictNews } from "./verdict-causes.ts";
import { type Change, type ChangedFinding, type ChangeResult, changeFinding } from "./verdict-changes.ts";
import { countAccepted, createVerdictReading } from "./verdict-reading.ts";
import { createVerdictSweep } from "./verdict-sweep.ts";

export interface Act {
  readonly user: Actor;
  readonly requestId: string;
}

export interface VerdictStoreParts {
  readonly database: OpenDatabase;
  readonly audit: AuditChain;
  /** Called in the transaction that creates the first verdict of a target. */
  readonly onFirst?: (tx: Transaction<Database>, host: string, at: number) => Promise<void>;
  readonly tell?: TellVerdictNews;
}

function changeDetails({ change }: Change): Record<string, string | null> {
  if (change.kind !== "decide") return { kind: change.kind };
  const { decision } = change;
  return {
    kind: change.kind,
    verdict: decision.verdict,
    ...(decision.verdict === "risk-accepted" ? { until: decision.until } : {}),
    ...(decision.verdict === "in-work" ? { due: decision.due ?? null } : {}),
  };
}

/** Notifications of a change by a person. */
function newsOf({ id, events: place, target: host, owner }: VerdictRow, { change }: Change): VerdictNews[] {
  if (change.kind === "decide" && owner !== null) return [{ kind: "assigned", id, place, host, people: [owner] }];
  const people = change.kind === "note" ? mentionedIn(change.text) : [];
  return people.length === 0 ? [] : [{ kind: "mentioned", id, place, host, people }];
}

export type VerdictStore = ReturnType<typeof createVerdictStore>;

/** Stores verdicts and notes. Instants are milliseconds by the gateway's clock. */
export function createVerdictStore(parts: VerdictStoreParts) {
  const { db } = parts.database;
  const guarded = translateDatabaseErrors(parts.database);
  return {
    ...createVerdictReading(parts.database),
    ...createScanResults(parts.database, parts),
    ...createVerdictSweep(parts.database, parts),
    acceptedCount: (at: number): Promise<number> => guarded(() => countAccepted(db, at)),

    /** Changes findings independently of each other; one may be refused while others change. A database failure changes none. */
    change: (findings: readonly ChangedFinding[], change: Change, { user, requestId }: Act): Promise<ChangeResult[]> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const results = new Map<string, ChangeResult>();
          // A fixed row order, with the audit log locked last, prevents deadlocks between concurrent changes.
          const ordered = findings.toSorted((a, b) => (a.id < b.id ? -1 : 1));
          for (const finding of ordered) {
            if (!results.has(finding.id)) results.set(finding.id, await changeFinding(tx, finding, change));
          }
          const changed = [...results.values()].flatMap((result) => (result.code === null ? [result.row] : []));
          const [first] = changed.filter(({ version, events }) => version === 1 && events === 1);
          if (first?.target) await parts.onFirst?.(tx, first.target, change.at);
          for (const { id, target } of changed) {
            await parts.audit.append(tx, {
              ...actedBy(user),
              ...{ at: change.at, action: "verdict.change", object: `verdict/${id}`, result: "done", requestId },
              ...(target === null ? {} : { target }),
              details: changeDetails(change),
            });
          }
          const news = changed.flatMap((row) => newsOf(row, change));
          if (news.length > 0) await parts.tell?.(tx, news, change.at, user.id);
          return findings.map(({ id }) => results.get(id) as ChangeResult);
        }),
      ),
  };
}
