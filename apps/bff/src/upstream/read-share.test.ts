import type { UpstreamClient } from "@wsc-dashboard/wsc-core/node";
import { cancelJobRequest, getJobsRequest } from "@wsc-dashboard/wsc-core/upstream";
import { expect, it } from "vitest";
import { workFor } from "../shares/current-person.ts";
import { shareReads } from "./read-share.ts";

const list = getJobsRequest({ limit: 1, page: 1 });

it("one person who uses up their share of upstream reads waits; other people, actions and reads for paid calls are not held back", async () => {
  let now = 0;
  let calls = 0;
  const client: UpstreamClient = {
    call: async () => {
      calls += 1;
      return { payload: null, recognised: true, envelope: null as never, isDoubtful: false };
    },
    breakers: () => {
      throw new Error("not asked");
    },
    close: () => {},
  };
  const shared = shareReads(client, { burst: 3, perSecond: 2 }, () => now);
  const read = (person: string, options = {}) =>
    workFor(person, () => shared.call(list, options)).then(
      () => "read",
      ({ code, details }) => `${code} ${details.retryAfter}`,
    );
  const readTimes = async (person: string, times: number) => {
    const results: string[] = [];
    for (let time = 0; time < times; time += 1) results.push(await read(person));
    return results;
  };
  expect(await readTimes("a", 5)).toEqual(["read", "read", "read", "OWN_CALLS_EXHAUSTED 1", "OWN_CALLS_EXHAUSTED 1"]);
  expect(await read("b")).toBe("read");
  expect(await read("a", { isUrgent: true })).toBe("read");
  await workFor("a", () => shared.call(cancelJobRequest("7")));
  await shared.call(list);
  expect(calls).toBe(7);
  now += 1_000;
  expect(await readTimes("a", 3)).toEqual(["read", "read", "OWN_CALLS_EXHAUSTED 1"]);
  now += 3_600_000;
  expect((await readTimes("a", 5)).filter((result) => result === "read")).toHaveLength(3);
});
