import { readdirSync, readFileSync } from "node:fs";
import { describeFact, type GatewayFact, languages } from "@wsc-dashboard/wsc-core";
import { createGatewayClock, createSigner, Secret } from "@wsc-dashboard/wsc-core/node";
import {
  decodeEnvelope,
  judgeCalls,
  maxCalls,
  type Recording,
  readCalls,
  readJobPage,
  readRecording,
  readReport,
} from "@wsc-dashboard/wsc-core/upstream";
import { createEmulator, type Emulator, settingsOfRecording } from "@wsc-dashboard/wsc-emulator";
import { describe, expect, it, onTestFinished } from "vitest";
import { type ProbeOptions, type ProbeResult, runProbe } from "../src/probe/run-probe.ts";
import { canary, dialects, privateJobs } from "./probe-dialects.ts";

const keys = { accessKey: "AK-canary7f3a-access", secretKey: "SK-canary7f3a-secret" };
const readOperations = ["getJobs", "searchJobs", "getReport"];

async function startAccount(settings: Parameters<typeof createEmulator>[0] | object): Promise<Emulator> {
  const emulator = await createEmulator({ ...keys, ...settings });
  onTestFinished(() => emulator.close());
  emulator.control.addJobs(privateJobs(Date.now()));
  return emulator;
}

function probe({ origin }: Pick<Emulator, "origin">, options: Partial<ProbeOptions> = {}): Promise<ProbeResult> {
  const sign = createSigner({ accessKey: new Secret(keys.accessKey), secretKey: new Secret(keys.secretKey) });
  const parts = {
    environment: "custom",
    origin,
    timeoutMs: 10_000,
    sign,
    clock: createGatewayClock(Date.now),
  } as const;
  return runProbe(
    { ...parts, timeZone: "Asia/Seoul", version: "0.0.0", now: Date.now },
    { spacingMs: 0, deadlineMs: 120_000, ...options },
  );
}

const factsOf = (facts: readonly GatewayFact[]) => new Map(facts.map((fact) => [fact.name as string, fact]));
const stable = ({ name, state, value, measure }: GatewayFact) => ({ name, state, value, measure });

describe("a probe of the gateway", () => {
  it("writes nothing private, makes only documented reads, and reports true facts, in three dialects", async () => {
    for (const [name, { settings, facts: expected }] of Object.entries(dialects)) {
      const emulator = await startAccount(settings);
      const { recording, facts } = await probe(emulator);

      const text = JSON.stringify(recording);
      // With its colon and its full length: job numbers are masked by random digits.
      expect(text, name).not.toMatch(/canary|비밀카나리|intra\.example|:58443\b/i);
      for (const seed of privateJobs(Date.now())) expect(text).not.toContain(new URL(seed.startUrl).pathname);

      const requests = emulator.control.requests();
      expect(requests.length).toBeLessThanOrEqual(maxCalls);
      expect(requests.length).toBe(recording.calls.length);
      expect(requests.filter(({ operation }) => !readOperations.includes(operation ?? "none"))).toEqual([]);
      expect(recording.calls.length).toBeGreaterThanOrEqual(27);

      const told = factsOf(facts);
      for (const [fact, [state, value, measure]] of Object.entries(expected)) {
        expect(told.get(fact), `${name}: ${fact}`).toMatchObject({
          state,
          ...(value === undefined ? {} : { value }),
          ...(measure === undefined ? {} : { measure }),
        });
      }
      for (const fact of ["memo-kept", "created-id", "clock-limit", "wrong-key", "unknown-cancel"]) {
        expect(told.get(fact)).toMatchObject({ state: "assumed", value: null });
      }
    }
  });

  it("derives the same facts from the file as from the answers, except for masked words", async () => {
    for (const [name, { settings }] of Object.entries(dialects)) {
      const { recording, facts } = await probe(await startAccount(settings));
      const known = (fact: GatewayFact): boolean => !["report-form", "status-words"].includes(fact.name);
      expect(
        judgeCalls(readRecording(JSON.stringify(recording)))
          .filter(known)
          .map(stable),
        name,
      ).toEqual(facts.filter(known).map(stable));
    }
  });

  it("makes alerting calls only on request, and reports their result", async () => {
    const emulator = await startAccount({});
    const { facts } = await probe(emulator, { mayAlertOwner: true });
    const told = factsOf(facts);
    expect(told.get("clock-limit")).toMatchObject({ state: "proven" });
    expect(told.get("wrong-key")).toMatchObject({ state: "proven", value: "200" });
    expect(told.get("unknown-cancel")).toMatchObject({ state: "proven", value: "901" });
    const changing = emulator.control
      .requests()
      .filter(({ operation }) => !readOperations.includes(operation ?? "none"));
    expect(changing.map(({ operation }) => operation)).toEqual(["cancelJob"]);
    expect(emulator.control.requests().length).toBeLessThanOrEqual(maxCalls);
  });

  it("stops after three consecutive refusals, and reports all facts as unknown", async () => {
    const emulator = await startAccount({});
    emulator.control.replaceKeys({ accessKey: "other", secretKey: "other" });
    const { recording, facts } = await probe(emulator);
    expect(recording.calls).toHaveLength(3);
    expect(facts.filter(({ state }) => state !== "assumed")).toEqual([]);
  });

  it("makes every call once, also when the gateway fails or throttles", async () => {
    const emulator = await startAccount({});
    emulator.control.addFault({ operation: "searchJobs", times: 2, effect: { kind: "gateway-error", code: "500" } });
    const { recording } = await probe(emulator);
    const steps = recording.calls.map(({ step }) => step);
    expect(new Set(steps).size).toBe(steps.length);
    expect(emulator.control.requests()).toHaveLength(steps.length);
  });

  it("omits unknown words from the file unless requested, and prints them", async () => {
    const emulator = await startAccount({ statusTexts: { 4: "Result ready" } });
    const masked = await probe(emulator);
    expect(JSON.stringify(masked.recording)).not.toContain("Result ready");
    expect([...masked.unknownWords]).toEqual([["Result ready", [4]]]);
    const kept = await probe(emulator, { isVocabularyKept: true });
    expect(JSON.stringify(kept.recording)).toContain("Result ready");
    expect(JSON.stringify(kept.recording)).not.toMatch(/canary|intra\.example/i);
  });

  it("describes every fact in every language", async () => {
    const { facts } = await probe(await startAccount({}));
    for (const language of languages) {
      const lines = facts.map((fact) => describeFact(fact, language));
      expect(new Set(lines).size).toBe(facts.length);
      expect(lines.join("\n")).not.toMatch(/undefined|null|\[object/);
    }
  });
});

describe("a replayed recording", () => {
  it("makes the emulator answer in its forms, so that a probe of it shows the same facts", async () => {
    for (const [name, { settings }] of Object.entries(dialects)) {
      const first = await probe(await startAccount(settings), { isVocabularyKept: true });
      const replayed = await startAccount(settingsOfRecording(first.recording));
      const second = await probe(replayed);
      const kept = (fact: GatewayFact) => ({
        ...stable(fact),
        measure: fact.name === "date-zone" ? null : fact.measure,
      });
      expect(second.facts.map(kept), name).toEqual(first.facts.map(kept));
    }
  });
});

const directory = new URL("../../../packages/wsc-core/fixtures/recordings/", import.meta.url);
const files = readdirSync(directory).filter((name) => name.endsWith(".json"));

describe("recordings of accounts", () => {
  const readFile = (name: string): Recording => readRecording(readFileSync(new URL(name, directory), "utf8"));

  it("exist, at least one for each dialect", () => {
    expect(files).toEqual(expect.arrayContaining(Object.keys(dialects).map((name) => `${name}.json`)));
  });

  it("are read correctly or reported by every reader: each page, report and error code", () => {
    for (const name of files) {
      const recording = readFile(name);
      const read = readCalls(recording);
      for (const { step, operation, answer, limit } of recording.calls) {
        if (answer === null) continue;
        const decoded = decodeEnvelope(answer.httpStatus, answer.body);
        const where = `${name}: ${step}`;
        if (decoded.kind !== "success") {
          // An undecodable refusal would leave the person without an explanation.
          expect(decoded.kind, where).toBe("failure");
          continue;
        }
        const now = new Date(answer.date ?? recording.recordedAt);
        if (operation === "getReport") {
          const [record] = [...read.pages.values()].flatMap(({ page }) => page.records);
          if (record === undefined) throw new Error(`${where}: a report without a job in the list`);
          expect(readReport(decoded.payload, { job: record.job, zone: recording.timeZone, now }), where).not.toBeNull();
          continue;
        }
        const page = readJobPage(decoded.payload, { zone: recording.timeZone, now });
        expect(page, where).not.toBeNull();
        expect(page?.isComplete, where).toBe(true);
        expect(page?.received ?? 0, where).toBeLessThanOrEqual(limit ?? 100);
        expect(page?.records.filter(({ job }) => job.startedAt === null || job.startUrl === "")).toEqual([]);
      }
    }
  });

  it("contain no known host name and no canary", () => {
    for (const name of files) {
      expect(readFileSync(new URL(name, directory), "utf8"), name).not.toMatch(
        new RegExp(`${canary}|example\\.(?:com|net|org)`, "i"),
      );
    }
  });
});
