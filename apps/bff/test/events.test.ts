import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createChangeFeed } from "../src/audit/change-feed.ts";
import { type Stack, startStack, wish } from "./start-bff.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

/** Follows the events as a page does; `read` answers what one says, `null` at the end. */
async function follow(persona = "viewer") {
  const leaving = new AbortController();
  const response = await fetch(`${stack.origin}/api/events`, {
    headers: { "X-WSC-Request": "1", "Sec-Fetch-Site": "same-origin", Cookie: `wsc_persona=${persona}` },
    signal: leaving.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let unread = "";
  const read = async (): Promise<{ nouns: string[] } | null> => {
    while (!unread.includes("\n\n")) {
      const { value } = (await reader?.read()) ?? {};
      if (value === undefined) return null;
      unread += value;
    }
    const [event = "", ...rest] = unread.split("\n\n");
    unread = rest.join("\n\n");
    return JSON.parse(event.replace(/^data: /, ""));
  };
  return { response, read, leave: () => leaving.abort() };
}

/** Reads on until everything of `wanted` was named. */
async function named(read: () => Promise<{ nouns: string[] } | null>, wanted: readonly string[]): Promise<Set<string>> {
  const seen = new Set<string>();
  while (!wanted.every((noun) => seen.has(noun))) {
    const event = await read();
    if (event === null) throw new Error(`the events ended after ${[...seen].join(", ")}`);
    expect(Object.keys(event)).toEqual(["nouns"]);
    for (const noun of event.nouns) seen.add(noun);
  }
  return seen;
}

const target = "https://www.example.com/";
const schedule = {
  ...wish(target),
  when: undefined,
  rule: { every: "day", localTime: "03:00", zone: "Asia/Seoul" },
  collision: "skip",
  blackout: [],
};

describe("the events", () => {
  it("begin with one that names nothing, and are kept by nobody on the way", async () => {
    const { response, read, leave } = await follow();
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("cache-control")).toContain("no-store");
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    expect(await read()).toEqual({ nouns: [] });
    leave();
  });

  it("tell everybody who follows that somebody's job came to be, and not a word of it", async () => {
    const [viewer, auditor] = [await follow("viewer"), await follow("auditor")];
    await stack.ask("POST", "/api/jobs", { persona: "operator", body: wish(target) });
    for (const { read, leave } of [viewer, auditor]) {
      expect(await named(read, ["jobs", "submissions"])).not.toContain("schedules");
      leave();
    }
  });

  it("do not tell of what somebody was not allowed to do", async () => {
    const { read, leave } = await follow();
    expect((await stack.ask("POST", "/api/jobs", { persona: "viewer", body: wish(target) })).status).toBe(403);
    await stack.ask("POST", "/api/schedules", { persona: "operator", body: schedule });
    expect(await named(read, ["schedules"])).not.toContain("jobs");
    leave();
  });

  it("tell of a new schedule", async () => {
    const { read, leave } = await follow();
    const { status, text } = await stack.ask("POST", "/api/schedules", { persona: "operator", body: schedule });
    expect(status, text).toBe(200);
    await named(read, ["schedules"]);
    leave();
  });

  it("are nothing for whoever does not say that a page of ours asks", async () => {
    const { status, headers } = await stack.ask("GET", "/api/events", { headers: { "X-WSC-Request": null } });
    expect(status).toBe(403);
    expect(headers["content-type"]).toContain("application/problem+json");
  });

  it("end when the server does, and do not hold it up", async () => {
    const other = await startStack();
    const response = await fetch(`${other.origin}/api/events`, {
      headers: { "X-WSC-Request": "1", "Sec-Fetch-Site": "same-origin" },
    });
    const whole = response.text();
    await other.close();
    expect(await whole).toBe('data: {"nouns":[]}\n\n');
  });
});

async function everything<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

describe("following the changes", () => {
  const limits = { lookEveryMs: 5, maxDurationMs: 10_000, maxFollowers: 2 };
  const never = new AbortController().signal;

  it("ends after its time, so that the asker is looked at again", async () => {
    const feed = createChangeFeed(stack.store, { ...limits, maxDurationMs: 30 });
    expect(await everything(feed.follow(never))).toEqual([[]]);
  });

  it("ends at once for one too many, and has room again when one has left", async () => {
    const feed = createChangeFeed(stack.store, limits);
    const followed = [feed.follow(never), feed.follow(never)];
    for (const following of followed) await following.next();
    expect(await everything(feed.follow(never))).toEqual([]);
    await followed[0]?.return(undefined);
    expect((await feed.follow(never).next()).value).toEqual([]);
    await feed.close();
  });
});
