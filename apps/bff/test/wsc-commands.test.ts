import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backup } from "../src/commands/backup.ts";
import type { CommandResult, OpenCommand } from "../src/commands/command.ts";
import { readWords } from "../src/commands/read-words.ts";
import { restoreCheck } from "../src/commands/restore-check.ts";
import { supportBundle } from "../src/commands/support-bundle.ts";
import { createCanarySearch, headerSignIn, targetSecrets } from "./canaries.ts";
import { accessKey, jobBody, type Stack, secretKey, startStack, until } from "./start-bff.ts";
import { startProgram } from "./start-program.ts";

const encryptionKey = Buffer.alloc(32, 3).toString("base64");
const databasePassword = "canary-database-password-5";
const memo = "canary-memo-of-a-person";
let directory: string;
let data: string;
let stack: Stack;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "wsc-commands-"));
  data = join(directory, "data");
  stack = await startStack({
    seed: true,
    environment: {
      WSC_DATA_DIR: data,
      WSC_ENCRYPTION_KEYS: encryptionKey,
      WSC_TARGET_ALLOWLIST: "127.0.0.1,*.canary-host.example",
    },
  });
  const body = jobBody(`${stack.emulator.origin}/canary-path`, { memo, signIn: headerSignIn });
  const { json } = await stack.ask("POST", "/api/jobs", { persona: "operator", body });
  await until(
    async () => (await stack.ask("GET", `/api/submissions/${json.submission.id}`)).json.submission.state,
    (state) => state === "BOUND" || state === "FAILED",
  );
});
afterAll(async () => {
  await stack.close();
  rmSync(directory, { recursive: true, force: true });
});

let files = 0;
const freshFile = (): string => join(directory, `file-${++files}`);
/** Runs a command with only the given environment. */
const run = (
  command: OpenCommand,
  environment: Record<string, string> = { WSC_DATA_DIR: data },
): Promise<CommandResult> =>
  command({ environment, version: "1.2.3", now: Date.now, showProgress: () => {}, tell: () => {} });
const textOf = ({ lines }: CommandResult): string => lines.join("\n");

describe("wsc backup", () => {
  it("copies the database of a running server, without secrets in its environment, readable by its owner only", async () => {
    const file = freshFile();
    expect(await run(backup(file))).toMatchObject({ isWell: true, data: { file, kind: "sqlite", isTold: true } });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(`${file}.sha256`, "utf8")).toMatch(/^[0-9a-f]{64} {2}file-\d+\n$/);
    const told = await stack.metrics();
    expect(Number(/^wsc_last_backup_timestamp_seconds (\S+)$/m.exec(told)?.[1])).toBeCloseTo(Date.now() / 1000, -2);
  });

  it("overwrites nothing, leaves no partial file, and explains failures", async () => {
    const taken = freshFile();
    writeFileSync(taken, "mine");
    await expect(run(backup(taken))).rejects.toThrow("exists already");
    expect(readFileSync(taken, "utf8")).toBe("mine");
    const nowhere = freshFile();
    await expect(run(backup(nowhere), { WSC_DATA_DIR: join(directory, "nowhere") })).rejects.toThrow(
      "no readable database",
    );
    expect([nowhere, `${nowhere}.part`].filter(existsSync)).toEqual([]);
    await expect(run(backup(join(directory, "no-such-directory/x")))).rejects.toThrow("cannot be written");
  });

  it("does not print the URL of PostgreSQL when its tools fail", async () => {
    const address = `postgres://u:${databasePassword}@127.0.0.1:9/x`;
    const failure = await run(backup(freshFile()), { WSC_DATA_DIR: data, WSC_DATABASE_URL: address }).catch(
      (error: Error) => error.message,
    );
    expect(failure).toMatch(/pg_dump (?:is not installed|failed)/);
    expect(failure).not.toContain(databasePassword);
  });
});

describe("wsc restore --check", () => {
  it("reports an intact backup, its content, and with the keys whether it can be used", async () => {
    const file = freshFile();
    await run(backup(file));
    const before = readFileSync(file);
    const without = await run(restoreCheck(file), {});
    expect(without).toMatchObject({ isWell: true });
    expect(textOf(without)).toMatch(
      /checksum is right[\s\S]*is whole[\s\S]*1 submissions[\s\S]*without WSC_ENCRYPTION_KEYS/,
    );
    const withKeys = await run(restoreCheck(file), { WSC_ENCRYPTION_KEYS: encryptionKey });
    expect(withKeys).toMatchObject({ isWell: true });
    expect(textOf(withKeys)).toMatch(/decrypt everything[\s\S]*chain is intact: \d+ entries/);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it("reports what is wrong with an unusable one", async () => {
    const file = freshFile();
    await run(backup(file));
    const other = await run(restoreCheck(file), { WSC_ENCRYPTION_KEYS: Buffer.alloc(32, 4).toString("base64") });
    expect(other.isWell).toBe(false);
    expect(textOf(other)).toMatch(/do not decrypt \d+ values/);
    const bytes = readFileSync(file);
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 0xff;
    writeFileSync(file, bytes);
    expect(textOf(await run(restoreCheck(file), {}))).toContain("checksum is wrong");
    truncateSync(file, 8192);
    const broken = await run(restoreCheck(file), {}).then(
      ({ isWell }) => isWell,
      () => false,
    );
    expect(broken).toBe(false);
    const text = freshFile();
    writeFileSync(text, "no backup at all");
    await expect(run(restoreCheck(text), {})).rejects.toThrow("neither");
    await expect(run(restoreCheck(join(directory, "nowhere")), {})).rejects.toThrow("cannot be read");
  });
});

describe("wsc restore --check of a dump of PostgreSQL", () => {
  /** A dump, and a directory with a pg_restore stub that prints what PostgreSQL's own prints for it. */
  async function dump(change: (text: string) => string = (text) => text): Promise<{ file: string; path: string }> {
    const copy = freshFile();
    await run(backup(copy));
    const database = new BetterSqlite(copy, { readonly: true });
    const tables = database.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[];
    const parts = tables.map((table) => {
      const columns = (database.pragma(`table_xinfo("${table}")`) as { name: string; hidden: number }[])
        .filter(({ hidden }) => hidden === 0)
        .map(({ name }) => `"${name}"`)
        .join(", ");
      const rows = database.prepare(`select ${columns} from "${table}"`).raw().all() as unknown[][];
      const lines = rows.map((row) => row.map(copyText).join("\t"));
      return [`COPY public."${table}" (${columns}) FROM stdin;`, ...lines, "\\.", ""].join("\n");
    });
    database.close();
    const file = freshFile();
    writeFileSync(file, "PGDMP");
    writeFileSync(`${file}.copy`, change(`SET client_encoding = 'UTF8';\n\n${parts.join("\n")}`));
    const path = `${file}.bin`;
    mkdirSync(path);
    writeFileSync(join(path, "pg_restore"), `#!/bin/sh\nexec /bin/cat '${file}.copy'\n`, { mode: 0o755 });
    return { file, path };
  }
  const copyText = (value: unknown): string =>
    value === null
      ? "\\N"
      : String(value).replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r");

  it("reports its content, and with the keys whether it can be decrypted and its audit chain is intact", async () => {
    const { file, path } = await dump();
    const good = await run(restoreCheck(file), { PATH: path, WSC_ENCRYPTION_KEYS: encryptionKey });
    expect(textOf(good)).toMatch(/1 submissions[\s\S]*decrypt everything[\s\S]*chain is intact: \d+ entries/);
    expect(good.isWell).toBe(true);
    const other = { PATH: path, WSC_ENCRYPTION_KEYS: Buffer.alloc(32, 4).toString("base64") };
    expect(await run(restoreCheck(file), other)).toMatchObject({ isWell: false });
  });

  it("reports one that was changed, ends too early, or lacks a table", async () => {
    const changed = await dump((text) => text.replace('"result":"done"', '"result":"gone"'));
    const verdict = await run(restoreCheck(changed.file), { PATH: changed.path, WSC_ENCRYPTION_KEYS: encryptionKey });
    expect(textOf(verdict)).toMatch(/audit chain is broken at entry \d+/);
    expect(verdict.isWell).toBe(false);
    const cut = await dump((text) => text.slice(0, text.lastIndexOf("\\.")));
    await expect(run(restoreCheck(cut.file), { PATH: cut.path })).rejects.toThrow("in the middle of a table");
    const short = await dump((text) => text.replace('public."audit"', 'public."other"'));
    await expect(run(restoreCheck(short.file), { PATH: short.path })).rejects.toThrow("content of audit is not in");
    await expect(run(restoreCheck(cut.file), { PATH: directory })).rejects.toThrow("pg_restore is not installed");
  });
});

describe("wsc support-bundle", () => {
  const findCanaries = createCanarySearch({
    accessKey,
    secretKey,
    encryptionKey,
    databasePassword,
    memo,
    ...targetSecrets,
    targetHost: "canary-host.example",
    targetPath: "canary-path",
    person: "dev:operator",
    finding: "canary-finding-evidence",
    group: "canary-group",
  });

  it("contains versions, settings, counts and codes, and no secret, finding, target, memo or person", async () => {
    const log = freshFile();
    const foreign = {
      message: "canary-finding-evidence",
      "error.message": targetSecrets.targetCookie,
      "user.id": "dev:operator",
    };
    const lines = [
      { "log.level": "error", "@timestamp": "2026-11-28T08:46:34.494Z", "error.code": "UPSTREAM_TIMEOUT", ...foreign },
      {
        "log.level": "warn",
        "@timestamp": "2026-11-28T08:46:34.494Z",
        "error.code": "canary-finding-evidence",
        "http.request.id": "canary-memo",
      },
      {
        "log.level": "error",
        "@timestamp": "2026-11-28T08:46:35.494Z",
        "error.code": "canary-finding-evidence",
        ...foreign,
      },
      { "log.level": "info", "@timestamp": "2026-11-28T08:46:35.494Z", ...foreign },
    ].map((line) => JSON.stringify(line));
    writeFileSync(log, `${[...lines, "canary-finding-evidence", "{broken"].join("\n")}\n`);
    const file = freshFile();
    const environment = {
      WSC_DATA_DIR: data,
      WSC_ACCESS_KEY: accessKey,
      WSC_SECRET_KEY: secretKey,
      WSC_ENCRYPTION_KEYS: encryptionKey,
      WSC_UPSTREAM: "canary-finding-evidence",
      WSC_TARGET_ALLOWLIST: "*.canary-host.example",
      WSC_ROLE_MAP: '{"canary-group":"viewer"}',
      WSC_PROXY_SECRET: databasePassword,
      "WSC_canary-finding-evidence": "x",
    };
    await run(supportBundle(file, log), { ...environment, WSC_UPSTREAM: "public" });
    const text = readFileSync(file, "utf8");
    expect(findCanaries(text)).toEqual([]);
    const bundle = JSON.parse(text);
    expect(bundle).toMatchObject({
      versions: { dashboard: "1.2.3", node: process.versions.node },
      database: {
        kind: "sqlite",
        submissions: [{ state: expect.any(String), count: 1 }],
        auditEntries: expect.any(Number),
      },
      unknownSettings: 1,
    });
    expect(bundle.recentErrors.map(({ code }: { code: string }) => code)).toEqual([
      "UPSTREAM_TIMEOUT",
      "other",
      "other",
    ]);
    expect(bundle.settings).toContainEqual(
      expect.objectContaining({ name: "WSC_SECRET_KEY", isSet: true, value: null }),
    );
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(run(supportBundle(file, null), environment)).rejects.toThrow("cannot be written");
  });

  it("reads only the end of a long log", async () => {
    const lineOf = (code: string): string =>
      JSON.stringify({ "log.level": "error", "@timestamp": "2026-11-28T08:46:34.494Z", "error.code": code });
    const log = freshFile();
    const filler = `${"x".repeat(1023)}\n`.repeat(17 * 1024);
    writeFileSync(log, `${lineOf("UPSTREAM_TIMEOUT")}\n${filler}${lineOf("INTERNAL_ERROR")}\n`);
    const file = freshFile();
    await run(supportBundle(file, log), { WSC_DATA_DIR: data });
    const { recentErrors } = JSON.parse(readFileSync(file, "utf8"));
    expect(recentErrors.map(({ code }: { code: string }) => code)).toEqual(["INTERNAL_ERROR"]);
    await expect(run(supportBundle(freshFile(), directory))).rejects.toThrow("cannot be read");
  });

  it("is also created without a database and with invalid settings", async () => {
    const file = freshFile();
    await run(supportBundle(file, null), { WSC_DATA_DIR: join(directory, "nowhere"), WSC_LIST_POLL_MS: "soon" });
    const bundle = JSON.parse(readFileSync(file, "utf8"));
    expect(bundle.database).toEqual({ unreadable: "DatabaseRefusal" });
    expect(bundle.invalidSettings).toContain("WSC_LIST_POLL_MS");
  });
});

describe("the arguments of wsc", () => {
  it("name a command or are refused", () => {
    const commands = ["doctor", "backup --output x", "restore --check x", "support-bundle --log x", "keys status"];
    for (const words of commands) expect(readWords(words.split(" "), "1"), words).not.toBeNull();
    for (const words of ["", "restore", "restore x", "backup x", "backup --to x", "doctor now", "toString", "keys"]) {
      expect(readWords(words.split(" "), "1"), words).toBeNull();
    }
  });

  it("lead to one JSON document with --json, also for errors", async () => {
    const asked = async (words: string[]): Promise<{ code: number | string; told: Record<string, unknown> }> => {
      const program = startProgram("wsc", { WSC_DATA_DIR: data, WSC_ENCRYPTION_KEYS: encryptionKey }, words);
      const code = await program.ended;
      expect(program.stdout).toHaveLength(1);
      return { code, told: JSON.parse(program.stdout[0] ?? "") };
    };
    const [version, keys, nonsense] = await Promise.all([
      asked(["--json", "--version"]),
      asked(["keys", "status", "--json"]),
      asked(["nonsense", "--json"]),
    ]);
    expect(version).toMatchObject({ code: 0, told: { version: expect.any(String) } });
    expect(keys).toMatchObject({ code: 0, told: { isWell: true } });
    expect(nonsense).toMatchObject({
      code: 2,
      told: { isWell: null, problems: expect.arrayContaining(["not understood: wsc nonsense"]) },
    });
  });
});
