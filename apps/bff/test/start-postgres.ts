import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import pg from "pg";

export interface Postgres {
  readonly port: number;
  /** Of the postmaster. */
  readonly pid: number;
  /** Returns the URL of a new database: empty, or a copy of the named one. */
  createDatabase(template?: string): Promise<string>;
  /** Runs one statement; in the database of the URL when one is given. */
  query(statement: string, url?: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

const keeper = fileURLToPath(new URL("keep-postgres.ts", import.meta.url));

/** A real PostgreSQL with its own directory and port. `settings` go to its command line. */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<Postgres> {
  const password = randomBytes(12).toString("hex");
  const child = spawn(process.execPath, [keeper, JSON.stringify({ password, settings })], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  const { port, pid } = await new Promise<{ port: number; pid: number }>((resolve, reject) => {
    child.stdout.setEncoding("utf8").once("data", (text: string) => resolve(JSON.parse(text)));
    child.once("error", reject);
    child.once("close", () => reject(new Error(`PostgreSQL did not start: ${complaints}`)));
  });
  const urlOf = (database: string): string => `postgres://test:${password}@127.0.0.1:${port}/${database}`;
  let databases = 0;

  async function query(statement: string, url = urlOf("postgres")): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {});
    await client.connect();
    try {
      return (await client.query(statement)).rows;
    } finally {
      await client.end();
    }
  }

  return {
    port,
    pid,
    query,
    async createDatabase(template = "template1") {
      databases += 1;
      const name = `test_${databases}`;
      await query(`create database ${name} template ${template}`);
      return urlOf(name);
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
