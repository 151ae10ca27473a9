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

  it("stays with the person when the list has no job with its token, and nothing is sent", async () => {
    const read = await leaveToPerson("before");
    const { control } = stack.emulator;
    control.clearFaults();
    const searches = () => control.requests().filter(({ operation }) => operation === "searchJobs").length;
    const before = searches();
    await until(
      async () => searches(),
      (count) => count >= before + 4,
    );
    expect((await read()).state).toBe("NEEDS_REVIEW");
    expect(createCalls()).toHaveLength(1);
  });
});
