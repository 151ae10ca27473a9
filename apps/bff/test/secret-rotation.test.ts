import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@wsc-dashboard/wsc-emulator";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { spellings } from "../src/log/redaction.ts";
import { hasOutcome, jobBody, until } from "./start-bff.ts";
import { type Server, startServer } from "./start-program.ts";

const keyOf = (byte: number): string => Buffer.alloc(32, byte).toString("base64");
const pairOf = (name: string) => ({ accessKey: `AK-rotation-${name}`, secretKey: `SK-rotation-${name}` });
const pairs = { old: pairOf("old-1111"), fresh: pairOf("new-2222"), wrong: pairOf("bad-3333") };

let directory: string;
let emulator: Emulator;
let server: Server;

const file = (name: string): string => join(directory, name);
const write = (name: string, text: string): void => writeFileSync(file(name), text);
function writePair({ accessKey, secretKey }: { accessKey: string; secretKey: string }): void {
  write("access", `${accessKey}\n`);
  write("secret", `${secretKey}\n`);
}

interface Line {
  readonly "log.level": string;
  readonly message: string;
  readonly "wsc.reasons"?: readonly string[];
  readonly "wsc.settings"?: readonly string[];
  readonly "wsc.keys"?: readonly number[];
}
const lines = (): Line[] => server.stdout.map((line) => JSON.parse(line) as Line);

/** Sends SIGHUP and waits for the log line with its outcome. */
async function hangUp(sentence: RegExp): Promise<Line> {
  const before = server.stdout.length;
  server.kill("SIGHUP");
  const find = () =>
    lines()
      .slice(before)
      .find(({ message }) => sentence.test(message));
  return (await until(find, (line) => line !== undefined)) as Line;
}
const taken = /new secrets are in force/;
const refused = /those of before stay in force/;
const unchanged = /none that counts at once has changed/;

async function ask(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${`http://127.0.0.1:${server.port}`}${path}`, {
    method,
    headers: {
      "X-WSC-Request": "1",
      "Sec-Fetch-Site": "same-origin",
      ...(body === undefined ? {} : { "Content-Type": "application/json", "Idempotency-Key": randomUUID() }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // Tests read responses of any shape.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  return { status: answer.status, json: (await answer.json()) as any };
}
const shownEnd = async (): Promise<string> => (await ask("GET", "/api/status")).json.upstream.accessKeyEnd;
const rotations = async () =>
  (await ask("GET", "/api/audit?action=keys.rotate")).json.entries as { result: string; detail: object }[];
const creates = () => emulator.control.requests().filter(({ operation }) => operation === "createJob");
const unauthenticCount = () => emulator.control.requests().filter(({ isAuthentic }) => !isAuthentic).length;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "wsc-rotation-"));
  emulator = await createEmulator({ ...pairs.old, seed: true, paceMs: 3_600_000 });
  writePair(pairs.old);
  write("encryption", keyOf(1));
  server = await startServer({
    WSC_UPSTREAM_URL: emulator.origin,
    WSC_DATA_DIR: file("data"),
    WSC_ACCESS_KEY: "",
    WSC_SECRET_KEY: "",
    WSC_ENCRYPTION_KEYS: "",
    WSC_ACCESS_KEY_FILE: file("access"),
    WSC_SECRET_KEY_FILE: file("secret"),
    WSC_ENCRYPTION_KEYS_FILE: file("encryption"),
    WSC_LIST_POLL_MS: "0",
    WSC_LOG_LEVEL: "debug",
  });
});
afterAll(async () => {
  await server.stop();
  await emulator.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Every test begins with the old pair and one encryption key in force. */
beforeEach(async () => {
  expect((await ask("GET", "/api/jobs")).status).toBe(200);
  emulator.control.clearRequests();
});
afterEach(async () => {
  emulator.control.clearFaults();
  emulator.control.replaceKeys(pairs.old);
  writePair(pairs.old);
  // A failed test must not leave refused keys: the log line below would never appear.
  write("encryption", keyOf(1));
  await hangUp(new RegExp(`${taken.source}|${unchanged.source}`));
});

describe("another pair of NAVER keys", () => {
  it("is used after SIGHUP without a refused call; the settings page shows its last characters and the audit log the change", async () => {
    expect(await shownEnd()).toBe("1111");
    writePair(pairs.fresh);
    emulator.control.replaceKeys(pairs.fresh);
    expect(await hangUp(taken)).toMatchObject({ "wsc.settings": ["WSC_ACCESS_KEY", "WSC_SECRET_KEY"] });
    expect(await shownEnd()).toBe("2222");
    expect((await ask("GET", "/api/jobs")).status).toBe(200);
    expect(unauthenticCount()).toBe(0);
    const detail = { WSC_ACCESS_KEY: "changed", WSC_SECRET_KEY: "changed" };
    expect((await rotations()).slice(0, 2)).toMatchObject([
      { result: "allowed", detail },
      { result: "intent", detail },
    ]);
  });

  it("does not disturb a paid call in flight: it is sent once and bound", async () => {
    emulator.control.addFault({ operation: "createJob", times: 1, effect: { kind: "latency", ms: 1_500 } });
    const { json } = await ask("POST", "/api/jobs", jobBody(`${emulator.origin}/`));
    await until(creates, (all) => all.length === 1);
    writePair(pairs.fresh);
    emulator.control.replaceKeys(pairs.fresh);
    await hangUp(taken);
    const submission = await until(
      async () => (await ask("GET", `/api/submissions/${json.submission.id}`)).json.submission,
      hasOutcome,
    );
    expect(submission).toMatchObject({ state: "BOUND", attempts: [{ code: "0" }] });
    expect(creates()).toHaveLength(1);
  });

  it.each<[string, () => void, RegExp]>([
    ["the upstream does not know", () => writePair(pairs.wrong), /the upstream does not accept this pair \(200\)/],
    [
      "nobody but a box in between answers for",
      () => {
        writePair(pairs.fresh);
        // The gateway would refuse an unknown signature before the middlebox responds.
        emulator.control.replaceKeys(pairs.fresh);
        const page = { kind: "body", body: { status: "up" } } as const;
        emulator.control.addFault({ operation: "getJobs", times: 9, effect: page });
      },
      /the upstream does not accept this pair \(UPSTREAM_UNREADABLE\)/,
    ],
    ["is half written", () => write("access", pairs.fresh.accessKey), /the upstream does not accept this pair \(200\)/],
    ["has an empty file", () => write("secret", "\n"), /^WSC_SECRET_KEY: the file .* is empty$/],
    ["has no file", () => rmSync(file("access")), /^WSC_ACCESS_KEY: the file .* cannot be read \(ENOENT\)$/],
    ["cannot stand in a header", () => write("access", "AK\u0007x"), /^WSC_ACCESS_KEY: holds /],
    [
      "comes with a bad encryption key",
      () => {
        writePair(pairs.fresh);
        write("encryption", "dG9vIHNob3J0");
      },
      /^WSC_ENCRYPTION_KEYS: .*each key is 32 bytes/,
    ],
  ])(
    "that %s is not taken: one line says why, the audit log has it, and all goes on as before",
    async (_, spoil, reason) => {
      spoil();
      const line = await hangUp(refused);
      expect(line).toMatchObject({ "log.level": "error", "wsc.reasons": [expect.stringMatching(reason)] });
      write("encryption", keyOf(1));
      expect(await shownEnd()).toBe("1111");
      expect((await ask("GET", "/api/jobs")).status).toBe(200);
      expect((await rotations())[0]).toMatchObject({
        result: "failed",
        detail: { reason: expect.stringMatching(reason) },
      });
    },
  );

  it("is accepted when the upstream cannot be asked: an outage must not keep a revoked pair in use", async () => {
    writePair(pairs.fresh);
    emulator.control.replaceKeys(pairs.fresh);
    emulator.control.addFault({ operation: "*", times: 9, effect: { kind: "reset", when: "before" } });
    await hangUp(taken);
    emulator.control.clearFaults();
    expect((await ask("GET", "/api/jobs")).status).toBe(200);
  });
});

describe("other encryption keys", () => {
  it("are adopted step by step, with re-encryption, and a key that is still needed cannot be removed", async () => {
    write("encryption", keyOf(2));
    expect((await hangUp(refused))["wsc.reasons"]).toEqual([
      expect.stringMatching(/key 1 seals: put the new one before it/),
    ]);
    write("encryption", `${keyOf(2)},${keyOf(1)}`);
    await hangUp(taken);
    const idle = await until(
      () => lines().findLast(({ message }) => message.includes("may be taken out")),
      (line) => line !== undefined,
    );
    expect(idle).toMatchObject({ "wsc.keys": [2] });
    write("encryption", keyOf(2));
    expect(await hangUp(taken)).toMatchObject({ "wsc.settings": ["WSC_ENCRYPTION_KEYS"] });
    expect((await ask("GET", "/api/status")).json.store.areKeysOpen).toBe(true);
    expect((await ask("GET", "/api/audit/chain")).json.state).toBe("intact");
    // Restores the state in which tests begin.
    write("encryption", `${keyOf(1)},${keyOf(2)}`);
    await hangUp(taken);
    await until(
      () => lines().filter(({ message }) => message.includes("may be taken out")).length,
      (times) => times >= 2,
    );
    write("encryption", keyOf(1));
    await hangUp(taken);
  });
});

it("a reload without changes is logged, and repeated signals are harmless", async () => {
  for (let count = 0; count < 5; count += 1) server.kill("SIGHUP");
  await hangUp(unchanged);
  expect((await ask("GET", "/api/jobs")).status).toBe(200);
});

it("no previous, current or refused key is in the log", () => {
  const log = server.stdout.join("\n");
  const values = Object.values(pairs).flatMap(({ accessKey, secretKey }) => [accessKey, secretKey]);
  const secrets = [...values, keyOf(1), keyOf(2)].flatMap(spellings);
  expect(log.length).toBeGreaterThan(10_000);
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
});
