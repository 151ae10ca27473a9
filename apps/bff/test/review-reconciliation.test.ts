import type { FaultInput } from "@wsc-dashboard/wsc-emulator";
import { afterEach, describe, expect, it } from "vitest";
import { jobBody, type Stack, startStack, until } from "./start-bff.ts";

const timings = {
  WSC_SIGNATURE_VALIDITY_MS: "2000",
  WSC_INDEX_LAG_MS: "50",
  WSC_RECONCILE_STEP_MS: "15",
  WSC_DISPATCH_TICK_MS: "10",
};
let stack: Stack;
afterEach(() => stack.close());

/** Requests a job whose response is lost while no list can be read, until a person is asked. */
async function leaveToPerson(when: "before" | "after"): Promise<() => Promise<{ state: string; instanceNo?: string }>> {
  stack = await startStack({ environment: timings });
  const { control } = stack.emulator;
  const refusal: FaultInput["effect"] = { kind: "gateway-error", code: "900" };
  control.addFault({ operation: "createJob", times: 1, effect: { kind: "reset", when } });
  const { id } = (await stack.ask("POST", "/api/jobs", { body: jobBody(`${stack.emulator.origin}/`) })).json.submission;
  for (const operation of ["getJobs", "searchJobs"] as const)
    control.addFault({ operation, times: 1_000_000, effect: refusal });
  const read = async () => (await stack.ask("GET", `/api/submissions/${id}`)).json.submission;
  await until(read, ({ state }) => state === "NEEDS_REVIEW");
  return read;
}
const createCalls = () => stack.emulator.control.requests().filter(({ operation }) => operation === "createJob");

describe("a submission that was left to a person while no list could be read", () => {
  it("is bound to its job when the list can be read again, without another call", async () => {
    const read = await leaveToPerson("after");
    stack.emulator.control.clearFaults();
    const bound = await until(read, ({ state }) => state === "BOUND");
    expect(bound.instanceNo).toMatch(/^[0-9]+$/);
    expect(createCalls()).toHaveLength(1);
  });

  it("is bound wherever in a long list its job is, also while the gateway's search fails", async () => {
    const read = await leaveToPerson("after");
    const { control } = stack.emulator;
    const others = (count: number, startedAt: string) =>
      Array.from({ length: count }, (_, index) => ({ startUrl: `http://127.0.0.1/${index}`, status: 4, startedAt }));
    control.addJobs([...others(200, "2026-01-01T00:00:00Z"), ...others(200, new Date().toISOString())]);
    control.clearFaults();
    const refusal = { kind: "gateway-error", code: "900" } as const;
    control.addFault({ operation: "searchJobs", times: 1_000_000, effect: refusal });
    expect((await until(read, ({ state }) => state === "BOUND")).instanceNo).toMatch(/^[0-9]+$/);
    expect(createCalls()).toHaveLength(1);
  });

  it("stays with the person when the list has no job with its token, and nothing is sent", async () => {
    const read = await leaveToPerson("before");
    const { control } = stack.emulator;
    control.clearFaults();
    const looks = () => control.requests().filter(({ operation }) => operation === "getJobs").length;
    const before = looks();
    await until(
      async () => looks(),
      (count) => count >= before + 4,
    );
    expect((await read()).state).toBe("NEEDS_REVIEW");
    expect(createCalls()).toHaveLength(1);
  });
});
