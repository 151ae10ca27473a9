import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeFact, factNames, languages } from "@wsc-dashboard/wsc-core";
import { judgeCalls, readRecording } from "@wsc-dashboard/wsc-core/upstream";
import { createEmulator } from "@wsc-dashboard/wsc-emulator";
import { describe, expect, it, onTestFinished } from "vitest";
import { probe, readProbeWords } from "../src/commands/probe.ts";
import { readConfig } from "../src/config/config.ts";
import { openDatabase, openDatabaseForReading } from "../src/database/open-database.ts";
import { writeFact } from "../src/gateway-facts/fact-rows.ts";
import { privateJobs } from "./probe-dialects.ts";
import { accessKey, secretKey, startStack } from "./start-bff.ts";
import { programEnvironment, startProgram } from "./start-program.ts";

const changing = new Set(["createJob", "cancelJob", "stopJob"]);

describe("POST /api/gateway/probe", () => {
  it("returns the recording and its facts to an admin, stores them, is rate-limited and audited", async () => {
    const stack = await startStack();
    onTestFinished(() => stack.close());
    const refuted = { state: "refuted", value: "unordered", measure: null } as const;
    await writeFact(stack.database.db, "list-order", refuted, { at: 1, source: "list" });
    stack.emulator.control.addJobs(privateJobs(Date.now()));
    stack.emulator.control.clearRequests();
    const [answer, second] = await Promise.all([
      stack.ask("POST", "/api/gateway/probe", { persona: "admin" }),
      stack.ask("POST", "/api/gateway/probe", { persona: "admin" }),
    ]);
    const [done, refused] = answer?.status === 200 ? [answer, second] : [second, answer];
    expect(done?.status).toBe(200);
    expect(refused).toMatchObject({ status: 429, json: { code: "PROBE_TOO_SOON" } });
    expect(done?.json.facts.map(({ name }: { name: string }) => name)).toEqual(factNames);
    const { json: known } = await stack.ask("GET", "/api/gateway/facts");
    const remembered = new Map(known.facts.map((fact: { name: string }) => [fact.name, fact]));
    for (const { name, state } of done?.json.facts ?? []) {
      if (state !== "assumed") expect(remembered.get(name), name).toMatchObject({ state, source: "probe" });
    }
    // The probe looks on purpose, so it may restore what a passing response has refuted.
    expect(remembered.get("list-order")).toMatchObject({ state: "proven", value: "newest-first" });
    expect(done?.text).not.toContain(accessKey);
    expect(done?.text).not.toContain(secretKey);
    expect(done?.text).not.toMatch(/canary7f3a|intra\.example/);
    const recording = readRecording(done?.json.recording);
    expect(recording.calls).toHaveLength(done?.json.calls);
    expect(recording.calls.length).toBeLessThanOrEqual(40);
    expect(stack.emulator.control.requests().filter(({ operation }) => changing.has(operation ?? ""))).toEqual([]);
    const { json } = await stack.ask("GET", "/api/audit?action=gateway.probe", { persona: "admin" });
    const results = json.entries.map(({ result }: { result: string }) => result);
    expect(results).toEqual(expect.arrayContaining(["intent", "allowed"]));
  });

  it("is for admins only", async () => {
    const stack = await startStack();
    onTestFinished(() => stack.close());
    for (const persona of ["viewer", "operator", "auditor"]) {
      const answer = await stack.ask("POST", "/api/gateway/probe", { persona });
      expect(answer, persona).toMatchObject({ status: 403, json: { code: "ROLE_FORBIDDEN" } });
    }
  });
});

describe("wsc probe", () => {
  it("writes a file readable by its owner only and prints every fact in the chosen language", async () => {
    const directory = mkdtempSync(join(tmpdir(), "wsc-probe-"));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const emulator = await createEmulator({ accessKey, secretKey });
    onTestFinished(() => emulator.close());
    const result = readConfig({
      ...programEnvironment,
      ...{ WSC_UPSTREAM_URL: emulator.origin, WSC_DATA_DIR: join(directory, "none") },
    });
    if ("problems" in result) throw new Error(result.problems.join("\n"));
    for (const language of languages) {
      const output = join(directory, `${language}.json`);
      const words = readProbeWords(["--output", output, "--language", language]);
      if (words === null) throw new Error("the options are not read");
      const { lines, isWell } = await probe(words, "0.0.0", 0)(result.config);
      expect(isWell).toBe(true);
      const text = readFileSync(output, "utf8");
      expect(statSync(output).mode & 0o077).toBe(0);
      expect(text).not.toMatch(/canary/);
      for (const fact of judgeCalls(readRecording(text))) expect(lines).toContain(describeFact(fact, language));
    }
    // The probe needed nothing of the server and created nothing of it.
    expect(existsSync(join(directory, "none"))).toBe(false);
  });

  it("stores the facts in the database if there is one, and reports when a server has locked it", async () => {
    const directory = mkdtempSync(join(tmpdir(), "wsc-probe-"));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const emulator = await createEmulator({ accessKey, secretKey });
    onTestFinished(() => emulator.close());
    emulator.control.addJobs(privateJobs(Date.now()));
    const result = readConfig({ ...programEnvironment, WSC_UPSTREAM_URL: emulator.origin, WSC_DATA_DIR: directory });
    if ("problems" in result) throw new Error(result.problems.join("\n"));
    const run = async (file: string) => {
      const words = readProbeWords(["--output", join(directory, file)]);
      if (words === null) throw new Error("the options are not read");
      return (await probe(words, "0.0.0", 0)(result.config)).lines.join("\n");
    };
    const server = await openDatabase(result.config);
    expect(await run("first.json")).toContain("the server uses the database");
    expect(await server.db.selectFrom("gateway_fact").select("name").execute()).toEqual([]);
    await server.close();
    expect(await run("second.json")).toContain("The facts are kept");
    const reader = await openDatabaseForReading(result.config);
    const kept = await reader.db.selectFrom("gateway_fact").selectAll().where("name", "=", "list-order").execute();
    await reader.close();
    expect(kept).toMatchObject([{ state: "proven", value: "newest-first", source: "probe" }]);
  });

  it("refuses unknown options, and never overwrites a file", async () => {
    const directory = mkdtempSync(join(tmpdir(), "wsc-probe-"));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const emulator = await createEmulator({ accessKey, secretKey });
    onTestFinished(() => emulator.close());
    for (const words of [["--force"], ["--language", "fr"], ["extra"], ["--output"]]) {
      expect(readProbeWords(words), words.join(" ")).toBeNull();
    }
    const program = startProgram("wsc", { WSC_UPSTREAM_URL: emulator.origin }, ["probe", "--force"]);
    expect(await program.ended).toBe(2);
    expect(emulator.control.requests()).toEqual([]);
    const output = join(directory, "kept.json");
    writeFileSync(output, "kept");
    const result = readConfig({ ...programEnvironment, WSC_UPSTREAM_URL: emulator.origin, WSC_DATA_DIR: directory });
    const words = readProbeWords(["--output", output]);
    if ("problems" in result || words === null) throw new Error("the settings are not read");
    await expect(probe(words, "0.0.0", 0)(result.config)).rejects.toThrow(/kept\.json cannot be written \(EEXIST\)/);
    expect(readFileSync(output, "utf8")).toBe("kept");
  });
});
