import { createSecretKey, type KeyObject } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { KeyRing } from "../database/keys.ts";
import { openAllNamedKeys } from "../database/named-keys.ts";
import type { DatabaseClient } from "../database/open-database.ts";
import { genesis, headMarkOf, isSame, linkOf } from "./audit-links.ts";

export type AuditVerdict =
  | { readonly intact: true; readonly entries: number; readonly head: string; readonly end: VerifiedLink }
  | { readonly intact: false; readonly entries: number; readonly brokenAt: number; readonly why: string };

/** Anchors from the log: hash by entry number. */
export type AuditAnchors = ReadonlyMap<number, string>;

const pageSize = 1000;

/** The last verified link, from which the next verification may continue. */
export interface VerifiedLink {
  readonly seq: number;
  readonly previous: string;
  readonly mark: string | null;
}

const beforeFirstEntry: VerifiedLink = { seq: 0, previous: genesis, mark: null };

interface Walk {
  readonly keys: ReadonlyMap<string, KeyObject>;
  readonly anchors: AuditAnchors;
  seq: number;
  previous: string;
  mark: string | null;
}
interface Break {
  readonly at: number;
  readonly why: string;
}

/** Verifies up to one page of links. Returns their number, or where the chain breaks. */
async function followPage(db: DatabaseClient, walk: Walk): Promise<number | Break> {
  const rows = await db
    .selectFrom("audit")
    .select(["seq", "key_name", "entry", "hash"])
    .where("seq", ">", walk.seq)
    .orderBy("seq")
    .limit(pageSize)
    .execute();
  for (const row of rows) {
    if (row.seq !== walk.seq + 1) return { at: walk.seq + 1, why: "an entry is missing" };
    const key = walk.keys.get(row.key_name);
    if (key === undefined) return { at: row.seq, why: "no encryption key opens the key of this entry" };
    walk.mark ??= headMarkOf(key, 0, genesis);
    if (!isSame(row.hash, linkOf(key, walk.previous, walk.mark, row.seq, row.entry))) {
      return { at: row.seq, why: "the entry was changed, moved or put in, or entries before it were cut off" };
    }
    const anchor = walk.anchors.get(row.seq);
    if (anchor !== undefined && !isSame(anchor, row.hash)) {
      return { at: row.seq, why: "an anchor names another entry here: the chain was rewritten" };
    }
    walk.previous = row.hash;
    walk.mark = headMarkOf(key, row.seq, row.hash);
    walk.seq = row.seq;
  }
  return rows.length;
}

const intact = ({ seq, previous, mark }: Walk): AuditVerdict => ({
  intact: true,
  entries: seq,
  head: previous,
  end: { seq, previous, mark },
});

/** Checks that the newest link is the one in the marked head. Returns `null`, or where the chain breaks. */
async function checkHead(db: DatabaseClient, { keys, anchors, seq, previous }: Walk): Promise<Break | null> {
  const furthest = [...anchors.keys()].reduce((most, at) => Math.max(most, at), 0);
  if (furthest > seq) return { at: seq + 1, why: `an anchor names entry ${furthest}: the end was cut off` };
  const head = await db.selectFrom("audit_head").selectAll().executeTakeFirst();
  if (head === undefined) return { at: seq + 1, why: "the head is missing" };
  if (seq === 0 && head.seq === 0 && head.mark === null && keys.size === 0) return null;
  const key = keys.get(head.key_name ?? "");
  const isHead = key !== undefined && head.seq === seq && isSame(head.mark ?? "", headMarkOf(key, seq, previous));
  return isHead ? null : { at: seq + 1, why: "the end was cut off or the head was changed" };
}

export interface VerifyOptions {
  readonly anchors?: AuditAnchors;
  readonly onPage?: (verified: number) => void;
  /** The end of an earlier verification by this process; only later links are verified. */
  readonly from?: VerifiedLink;
}

/**
 * Verifies all links from the first entry to the head, and compares them with anchors. Reads page by page, so that the server
 * keeps responding; only the last page and the head are read in one snapshot.
 */
export async function verifyAuditChain(
  db: DatabaseClient,
  ring: KeyRing,
  { anchors = new Map(), onPage = () => {}, from = beforeFirstEntry }: VerifyOptions = {},
): Promise<AuditVerdict> {
  const opened = await openAllNamedKeys(db, ring, "audit");
  const keys = new Map([...opened].map(([name, bytes]) => [name, createSecretKey(bytes)]));
  const walk: Walk = { keys, anchors, ...from };
  const broken = ({ at, why }: Break): AuditVerdict => ({ intact: false, entries: walk.seq, brokenAt: at, why });
  for (;;) {
    const page = await followPage(db, walk);
    if (typeof page !== "number") return broken(page);
    onPage(walk.seq);
    if (page < pageSize) break;
    await nextTurn();
  }
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (snapshot) => {
      for (let page: number | Break = pageSize; page === pageSize; ) {
        page = await followPage(snapshot, walk);
        if (typeof page !== "number") return broken(page);
      }
      const wrong = await checkHead(snapshot, walk);
      return wrong === null ? intact(walk) : broken(wrong);
    });
}
