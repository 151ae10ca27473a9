import type { PostgresPool, PostgresPoolClient } from "kysely";
import pg from "pg";
import { withinTime } from "../timers/within-time.ts";
import { codeOf } from "./database.ts";
import { databaseTimeLimitMs, usualLimitMs } from "./database-time-limit.ts";

/** In milliseconds. */
const connectLimitMs = 5_000;
const probeLimitMs = 2_000;
const probePauseMs = 500;
/** A connection is not checked again for this long, in milliseconds. */
const trustedMs = 5_000;
const endLimitMs = 2_000;
const maxConnections = 10;

export const readOnlyCode = "25006";

/** Errors that concern the server rather than one connection: after one of them all existing connections are outdated. */
const wrongDatabaseCodes: ReadonlySet<string> = new Set([readOnlyCode, "STORE_REPLACED", "STORE_NOT_DURABLE"]);

/** Settings without which a commit may be lost. */
const durabilitySettings = ["fsync", "full_page_writes", "synchronous_commit"] as const;

/** A replica that is suspended inside a transaction must not block the others forever. */
const sessionSettings = "set statement_timeout = '20s'; set idle_in_transaction_session_timeout = '20s'";

const failure = (code: string, message: string): Error => Object.assign(new Error(message), { code });

export interface CheckedPool extends PostgresPool {
  /** From now on, hands out only connections to this database while it is writable. */
  expect(identity: string): void;
}

interface Session {
  readonly generation: number;
  readonly checkedAt: number;
}

/** Throws STORE_REPLACED, 25006 (read-only) or STORE_NOT_DURABLE unless it is a session of the expected, reliable database. */
async function checkSession(client: pg.PoolClient, identity: string): Promise<void> {
  const settings = durabilitySettings.map((name) => `current_setting('${name}') as ${name}`).join(", ");
  const { rows } = await client.query<Record<string, string>>(
    `select current_setting('transaction_read_only') as read_only, ${settings}, (select id from database_identity) as id`,
  );
  const [session = {}] = rows;
  if (session.id !== identity) throw failure("STORE_REPLACED", "the connection leads to another database");
  if (session.read_only === "on") throw failure(readOnlyCode, "the connection leads to a database that is read-only");
  if (durabilitySettings.some((name) => session[name] === "off")) {
    throw failure("STORE_NOT_DURABLE", "the connection leads to a database that may lose commits");
  }
}

/** Circuit breaker: after one timeout, no query is sent until the server responds to a probe. */
function createSilence(config: pg.ClientConfig) {
  let isSilent = false;
  let isOver = false;

  async function probe(): Promise<boolean> {
    const client = new pg.Client({ ...config, connectionTimeoutMillis: probeLimitMs, query_timeout: probeLimitMs });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.query("select 1");
      return true;
    } catch {
      return false;
    } finally {
      void client.end().catch(() => {});
    }
  }

  async function watch(): Promise<void> {
    while (isSilent && !isOver) {
      if (await probe()) isSilent = false;
      else {
        await new Promise<void>((resolve) => {
          setTimeout(resolve, probePauseMs).unref();
        });
      }
    }
  }

  return {
    isSilent: (): boolean => isSilent,
    begin(): void {
      if (isSilent) return;
      isSilent = true;
      void watch();
    },
    end(): void {
      isOver = true;
    },
  };
}

const silentFailure = (): Error => failure("STORE_SILENT", "PostgreSQL does not answer");

/**
 * PostgreSQL pool with client-side time limits, since a suspended or unreachable server enforces none: when work exceeds its
 * limit, its connection is destroyed. Connections that became read-only or lead to another database after a switchover are
 * destroyed as well.
 */
export function createPostgresPool(url: string): CheckedPool {
  const config = { connectionString: url, keepAlive: true };
  const pool = new pg.Pool({ ...config, max: maxConnections, connectionTimeoutMillis: connectLimitMs });
  pool.on("error", () => {});
  // A lost connection in use makes its query fail; without a listener the error event would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  const silence = createSilence(config);
  const sessions = new WeakMap<pg.PoolClient, Session>();
  let generation = 0;
  let expected: string | null = null;

  /** Waits for `work` until `endsAt`; then calls `giveUp` and throws STORE_SILENT. */
  async function limited<T>(work: Promise<T>, endsAt: number, giveUp: () => void): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => {
          silence.begin();
          giveUp();
          reject(silentFailure());
        },
        Math.max(0, endsAt - performance.now()),
      );
    });
    return Promise.race([work, limit]).finally(() => clearTimeout(timer));
  }

  function borrowed(client: pg.PoolClient, endsAt: number): PostgresPoolClient {
    let isReturned = false;
    const giveBack = (isSpoilt: boolean): void => {
      if (isReturned) return;
      isReturned = true;
      client.release(isSpoilt);
    };
    async function query(text: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
      if (isReturned) throw silentFailure();
      try {
        return await limited(client.query(text, [...parameters]), endsAt, () => giveBack(true));
      } catch (error) {
        if (codeOf(error) === readOnlyCode) generation += 1;
        throw error;
      }
    }
    const isCurrent = (): boolean => sessions.get(client)?.generation === generation;
    return { query: query as unknown as PostgresPoolClient["query"], release: () => giveBack(!isCurrent()) };
  }

  /** Prepares a connection for use. When it throws, the connection was removed from the pool. */
  async function prepare(client: pg.PoolClient, endsAt: number): Promise<void> {
    const session = sessions.get(client);
    let isGone = false;
    const throwAway = (): void => {
      if (!isGone) client.release(true);
      isGone = true;
    };
    try {
      if (session === undefined) await limited(client.query(sessionSettings), endsAt, throwAway);
      else if (session.generation !== generation) throw failure("CONNECTION_OUTDATED", "the connection is from before");
      let checkedAt = session?.checkedAt ?? Number.NEGATIVE_INFINITY;
      if (expected !== null && performance.now() - checkedAt > trustedMs) {
        checkedAt = performance.now();
        await limited(checkSession(client, expected), endsAt, throwAway);
      }
      sessions.set(client, { generation, checkedAt });
    } catch (error) {
      if (wrongDatabaseCodes.has(codeOf(error))) generation += 1;
      throwAway();
      throw error;
    }
  }

  async function connect(endsAt: number): Promise<pg.PoolClient> {
    try {
      return await pool.connect();
    } catch (error) {
      if (performance.now() > endsAt || /timeout/i.test(String(error))) silence.begin();
      throw error;
    }
  }

  return {
    options: pool.options,
    expect(identity) {
      expected = identity;
    },
    async connect() {
      const limitMs = databaseTimeLimitMs();
      if (limitMs <= usualLimitMs && silence.isSilent()) throw silentFailure();
      const endsAt = performance.now() + limitMs;
      for (;;) {
        const client = await connect(endsAt);
        const isNew = !sessions.has(client);
        try {
          await prepare(client, endsAt);
          return borrowed(client, endsAt);
        } catch (error) {
          // An older connection may lead to the wrong server, so another one is tried; an error on a new connection is final.
          if (isNew || silence.isSilent() || performance.now() > endsAt) throw error;
        }
      }
    },
    async end() {
      silence.end();
      await withinTime(pool.end(), endLimitMs, undefined);
    },
  };
}
