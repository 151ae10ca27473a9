import { factNames, type GatewayFacts, roles } from "@wsc-dashboard/wsc-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { writeFact } from "../src/gateway-facts/fact-rows.ts";
import { type Dialect, startDialectGateway } from "./dialect-gateway.ts";
import { openTargets } from "./open-targets.ts";
import { privateJobs } from "./probe-dialects.ts";
import { type Bff, jobBody, startBff, startStack, until } from "./start-bff.ts";

type Fact = GatewayFacts["facts"][number];

async function readFacts(bff: Pick<Bff, "ask">): Promise<Map<string, Fact>> {
  const { json } = await bff.ask("GET", "/api/gateway/facts");
  return new Map(json.facts.map((fact: Fact) => [fact.name, fact]));
}
const knows = (name: string, state: string) => (facts: Map<string, Fact>) => facts.get(name)?.state === state;

describe("GET /api/gateway/facts", () => {
  it("returns every fact in order to every role, and assumptions where nothing was observed", async () => {
    const stack = await startStack({ isMemoKept: false });
    onTestFinished(() => stack.close());
    for (const persona of roles) {
      const { status, json } = await stack.ask("GET", "/api/gateway/facts", { persona });
      expect(status, persona).toBe(200);
      expect(json.facts.map(({ name }: Fact) => name)).toEqual(factNames);
    }
    const facts = await readFacts(stack);
    const memo = { name: "memo-kept", state: "assumed", value: null, measure: null };
    expect(facts.get("memo-kept")).toEqual({ ...memo, source: null, earlier: null, since: null });
  });

  it("is filled once from ordinary answers, without their text", async () => {
    const stack = await startStack({ statusTexts: { 4: "canary7f3a words" } });
    onTestFinished(() => stack.close());
    stack.emulator.control.addJobs(privateJobs(Date.now()));
    await stack.ask("GET", "/api/jobs?limit=100");
    const facts = await until(() => readFacts(stack), knows("number-form", "proven"));
    expect(facts.get("list-order")).toMatchObject({ state: "proven", value: "newest-first", source: "list" });
    expect(facts.get("page-size")).toMatchObject({ state: "proven", value: "given", measure: 100 });
    expect(facts.get("status-words")).toMatchObject({ state: "refuted", value: "unknown", measure: 1 });
    expect(Date.parse(facts.get("list-order")?.since ?? "")).toBeGreaterThan(Date.now() - 600_000);
    const { changes } = await countChanges(stack, async () => {
      for (let reads = 0; reads < 5; reads += 1) await stack.ask("GET", "/api/jobs?limit=100");
    });
    expect(changes).toBe(0);
    expect((await stack.ask("GET", "/api/gateway/facts")).text).not.toMatch(/canary|intra\.example/);
  });

  it("marks a fact as refuted when an answer contradicts it, keeps what was proven before, and logs a warning", async () => {
    const stack = await startStack();
    onTestFinished(() => stack.close());
    stack.emulator.control.addJobs(privateJobs(Date.now()));
    await stack.ask("GET", "/api/jobs");
    await until(() => readFacts(stack), knows("list-order", "proven"));
    stack.emulator.control.changeSettings({ listOrder: "oldest-first" });
    await stack.ask("GET", "/api/jobs");
    const facts = await until(() => readFacts(stack), knows("list-order", "refuted"));
    expect(facts.get("list-order")).toMatchObject({ value: "oldest-first", earlier: "newest-first" });
    const [line] = stack.logs.filter((text) => text.includes("contradicts"));
    expect(JSON.parse(line ?? "{}")).toMatchObject({
      "log.level": "warn",
      "wsc.fact": "list-order",
      "wsc.earlier": "newest-first",
    });
  });

  it("learns from a bound job whether createJob returns its id, and how long a memo is kept", async () => {
    const targets = await openTargets(1);
    onTestFinished(() => targets.close());
    for (const [createAnswer, expected] of [
      ["with-id", { state: "proven", value: "given" }],
      ["null", { state: "refuted", value: "missing" }],
    ] as const) {
      const stack = await startStack({ isMemoKept: false, createAnswer });
      onTestFinished(() => stack.close());
      await stack.ask("POST", "/api/jobs", { body: jobBody(targets.urls[0] ?? "", { memo: "first" }) });
      const facts = await until(
        () => readFacts(stack),
        (shown) => shown.get("created-id")?.state !== "assumed",
      );
      expect(facts.get("created-id")).toMatchObject({ ...expected, source: "job" });
      expect(facts.get("memo-kept")).toMatchObject({ state: "proven", value: "whole", measure: 25, source: "job" });
    }
  });
});

/** Counts the writes to rows of the facts during `work`. */
async function countChanges(bff: Bff, work: () => Promise<void>): Promise<{ changes: number }> {
  const read = () => bff.database.db.selectFrom("gateway_fact").selectAll().orderBy("name").execute();
  const before = await read();
  await work();
  const after = await read();
  return { changes: after.filter((row, index) => JSON.stringify(row) !== JSON.stringify(before[index])).length };
}

describe("an order of the list that was refuted", () => {
  const dialect: Dialect = {
    ...{ order: "newest-first", cap: 10, search: "none", memo: "kept", lagMs: 0, wrapped: true, total: "own pages" },
  };

  /** The outcome of a call that was neither executed nor answered, with more pages than are ever counted. */
  async function loseCall(
    isOrderRefuted: boolean,
  ): Promise<{ state: string; code: string | undefined; calls: number }> {
    const gateway = await startDialectGateway(dialect, 600);
    const bff = await startBff({
      upstreamUrl: gateway.origin,
      environment: { WSC_SIGNATURE_VALIDITY_MS: "200", WSC_INDEX_LAG_MS: "200" },
    });
    onTestFinished(async () => {
      await bff.close();
      await gateway.close();
    });
    const refuted = { state: "refuted", value: "unordered", measure: null } as const;
    if (isOrderRefuted) await writeFact(bff.database.db, "list-order", refuted, { at: 1, source: "list" });
    gateway.plan([{ kind: "lost", isCarriedOut: false }]);
    await bff.ask("POST", "/api/jobs", { body: jobBody("https://shop.example.com/") });
    const list = async () => (await bff.ask("GET", "/api/submissions")).json.submissions;
    const [{ state, reason }] = await until(list, ([one]) => one.state === "BOUND" || one.state === "NEEDS_REVIEW");
    return { state, code: reason?.code, calls: gateway.creates() };
  }

  it("no longer proves absence: the call needs review instead of being sent again", async () => {
    expect(await loseCall(false)).toEqual({ state: "BOUND", code: undefined, calls: 2 });
    expect(await loseCall(true)).toEqual({ state: "NEEDS_REVIEW", code: "LIST_ORDER_UNPROVEN", calls: 1 });
  });
});
