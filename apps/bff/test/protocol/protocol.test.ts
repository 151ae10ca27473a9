import type { FactFinding } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { trialsLimitMs } from "../trials-limit.ts";
import { type Exploration, explore } from "./explore.ts";
import { createModel, type ModelOptions } from "./protocol-model.ts";
import { type GuardName, guardNames, type ModelDialect, type Surroundings } from "./protocol-state.ts";

const unknown: FactFinding = { state: "assumed", value: null, measure: null };
const knownUpTo = (length: number): FactFinding => ({ state: "proven", value: "whole", measure: length });
const usual: ModelDialect = { order: "newest-first", cap: 100, memo: "kept", known: knownUpTo(40) };

/** Everything that can happen to one submission. */
const everything: Surroundings = { calls: 3, sleepers: true, laggingList: true, withdrawal: true, budget: null };

const dialects: readonly ModelDialect[] = (["newest-first", "oldest-first"] as const).flatMap((order) =>
  [2, 100].flatMap((cap) => [
    { ...usual, order, cap },
    { ...usual, order, cap, known: unknown },
    { ...usual, order, cap, memo: "cut" as const, known: unknown },
    { ...usual, order, cap, memo: "lost" as const, known: unknown },
  ]),
);

function check(options: ModelOptions, name: string): Exploration {
  const explored = explore(createModel(options));
  expect.soft(explored.trace, `${name}: a fault can be reached`).toBeNull();
  expect.soft(explored.stuckTrace, `${name}: cannot end`).toBeNull();
  return explored;
}

describe("the table of transitions with a gateway that accepts, answers and lists arbitrarily", () => {
  it("creates no second job, loses none, sends no withdrawn run, and can terminate from every state: one submission, three calls, all events at every step", {
    timeout: trialsLimitMs,
  }, () => {
    let states = 0;
    for (const dialect of dialects) {
      const { order, cap, memo, known } = dialect;
      const name = `${order}, ${cap} rows a page, memo ${memo}, ${known.state}`;
      states += check({ dialect, surroundings: everything, submissions: 1 }, name).states;
    }
    process.stdout.write(`one submission: ${states} states of ${dialects.length} gateways\n`);
    expect(states).toBeGreaterThan(30_000);
  });

  it("does so for two submissions that share send lock, budget and facts about memos", {
    timeout: trialsLimitMs,
  }, () => {
    const oldestFirst: ModelDialect = { ...usual, order: "oldest-first" };
    const explorations: readonly (readonly [string, ModelDialect, Surroundings])[] = [
      ["three calls each", oldestFirst, { ...everything, sleepers: false, budget: 1 }],
      [
        "processes that sleep",
        oldestFirst,
        { ...everything, calls: 2, laggingList: false, withdrawal: false, budget: 1 },
      ],
      [
        "one memo without its token",
        { ...usual, memo: "long lost", known: knownUpTo(30) },
        { ...everything, calls: 2, sleepers: false },
      ],
    ];
    let states = 0;
    for (const [name, dialect, surroundings] of explorations) {
      states += check({ dialect, surroundings, submissions: 2 }, name).states;
    }
    process.stdout.write(`two submissions: ${states} states\n`);
    expect(states).toBeGreaterThan(100_000);
  });
});

describe("a guard that is removed", () => {
  const dialectOf = (guard: GuardName): ModelDialect => {
    if (guard === "whole memo") return { ...usual, memo: "lost", known: unknown };
    return guard === "proven order" ? { ...usual, order: "oldest-first", cap: 2 } : usual;
  };
  const expected: Readonly<Record<GuardName, readonly string[]>> = {
    "acceptance window": ["search finds nothing", "the gateway accepts an old copy"],
    "row version": ["wakes up for"],
    "second absence": ["search of a list that lags finds nothing"],
    "proven order": ["search finds nothing"],
    "whole memo": ["search finds nothing"],
    "envelope rule": ["says 100 with HTTP 200"],
  };

  it("lets the exploration find a lost job or a doubled call", () => {
    for (const without of guardNames) {
      const options = { dialect: dialectOf(without), surroundings: everything, submissions: 1 } as const;
      const { trace } = explore(createModel({ ...options, without }));
      expect(trace?.at(-1), without).toMatch(
        /^submission 1 (?:has two jobs|is (?:MISSED|FAILED) although its job exists)$/,
      );
      for (const part of expected[without]) expect(trace?.join("\n"), without).toContain(part);
    }
  });

  it("lets the exploration find a second job, when it looks only for that", () => {
    // Without the envelope rule an existing job is reported as refused: then a person, not the product, requests it again.
    for (const without of guardNames.filter((guard) => guard !== "envelope rule")) {
      const model = createModel({ dialect: dialectOf(without), surroundings: everything, submissions: 1, without });
      const isDoubled = (fault: string | null): string | null => (fault?.includes("two jobs") ? fault : null);
      const doubled = explore({ ...model, fault: (state, before) => isDoubled(model.fault(state, before)) });
      expect(doubled.trace?.at(-1), without).toBe("submission 1 has two jobs");
    }
  });
});
