import type { FaultInput, GatewayOperation } from "@wsc-dashboard/wsc-emulator";
import type { RandomSource } from "./random-source.ts";

type Effect = FaultInput["effect"];

/** Timings of a trial in milliseconds: the windows of production, about two hundred times as fast. */
export const scaled = {
  signatureValidityMs: 1500,
  indexLagMs: 600,
  reconcileStepMs: 60,
  upstreamTimeoutMs: 400,
} as const;

/** After this time no call is still being processed, in milliseconds. */
export const maxWorkMs = 400;
const readFaultCount = 600;
const createFaultCount = 200;

/**
 * Faults of createJob. Half of the calls end with an unknown outcome: two fifths of those created no job. Processing after the
 * caller gave up (`latency`) stays below the index lag plus the search lag.
 */
const createFaults: readonly (readonly [weight: number, effect: Effect])[] = [
  [38, { kind: "latency", ms: 2 }],
  [5, { kind: "latency", ms: 240 }],
  [9, { kind: "reset", when: "after" }],
  [4, { kind: "reset", when: "during" }],
  [4, { kind: "reset", when: "before" }],
  [5, { kind: "gateway-error", code: "500", when: "after" }],
  [4, { kind: "gateway-error", code: "500", when: "before" }],
  [5, { kind: "gateway-error", code: "510", when: "after" }],
  [4, { kind: "gateway-error", code: "510", when: "before" }],
  [5, { kind: "html", status: 200, when: "after" }],
  [4, { kind: "html", status: 200, when: "before" }],
  [2, { kind: "empty", status: 200, when: "after" }],
  [2, { kind: "service-error", code: "901", when: "after" }],
  [1, { kind: "service-error", code: "160441", when: "before" }],
  [2, { kind: "garbage", when: "after" }],
  [1, { kind: "hang", when: "before" }],
  [2, { kind: "hang", when: "after" }],
  [3, { kind: "gateway-error", code: "410", retryAfter: 1, when: "before" }],
];

const readFaults: readonly (readonly [weight: number, effect: Effect])[] = [
  [78, { kind: "latency", ms: 1 }],
  [8, { kind: "gateway-error", code: "500" }],
  [3, { kind: "gateway-error", code: "510" }],
  [3, { kind: "html", status: 200 }],
  [3, { kind: "reset" }],
  [2, { kind: "service-error", code: "901" }],
  [2, { kind: "body", body: { returnCode: "0", resources: {} } }],
  [1, { kind: "gateway-error", code: "410", retryAfter: 1 }],
];

/** All faults of a trial, in the order in which calls meet them. */
export function faultsOf(random: RandomSource): FaultInput[] {
  const draw = (operation: GatewayOperation, count: number, mix: typeof readFaults): FaultInput[] =>
    Array.from({ length: count }, () => ({ operation, effect: random.weighted(mix) }));
  return [
    ...draw("createJob", createFaultCount, createFaults),
    ...draw("searchJobs", readFaultCount, readFaults),
    ...draw("getJobs", readFaultCount, readFaults),
  ];
}

/** How long the network holds a createJob call: mostly not at all, sometimes until long after its signature has expired. */
export function holdOf(random: RandomSource): number {
  return random.weighted([
    [80, 0],
    [10, random.whole(20, 350)],
    [10, random.whole(400, 2 * scaled.signatureValidityMs)],
  ]);
}
