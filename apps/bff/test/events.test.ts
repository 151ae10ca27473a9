import type { ChangeEvent } from "@wsc-dashboard/wsc-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createChangeFeed } from "../src/audit/change-feed.ts";
import { jobBody, type Stack, startStack, until } from "./start-bff.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

/** Follows the events as a page does; `read` returns the next event, `null` at the end. */
async function follow(persona = "viewer", position: { after?: string; lastEventId?: string } = {}) {
  const leaving = new AbortController();
  const query = position.after === undefined ? "" : `?after=${position.after}`;
  const response = await fetch(`${stack.origin}/api/events${query}`, {
    headers: {
      "X-WSC-Request": "1",
      "Sec-Fetch-Site": "same-origin",
      Cookie: `wsc_persona=${persona}`,
      ...(position.lastEventId === undefined ? {} : { "Last-Event-ID": position.lastEventId }),
    },
    signal: leaving.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let unread = "";
  const read = async (): Promise<ChangeEvent | null> => {
    while (!unread.includes("\n\n")) {
      const { value } = (await reader?.read()) ?? {};
      if (value === undefined) return null;
      unread += value;
    }
    const [event = "", ...rest] = unread.split("\n\n");
    unread = rest.join("\n\n");
    const [id = "", data = "", ...more] = event.split("\n");
    const value = JSON.parse(data.replace("data: ", "")) as ChangeEvent;
    expect([id, more]).toEqual([`id: ${value.id}`, []]);
    return value;
  };
  return { response, read, leave: () => leaving.abort() };
}

type Seen = Map<string, Set<string>>;

/** Reads until every noun of `wanted` was reported. */
async function named(read: () => Promise<ChangeEvent | null>, wanted: readonly string[]): Promise<Seen> {
  const seen: Seen = new Map();
  while (!wanted.every((noun) => seen.has(noun))) {
    const event = await read();
    if (event === null) throw new Error(`the events ended after ${[...seen.keys()].join(", ")}`);
    expect(Object.keys(event)).toEqual(["id", "changes"]);
    for (const { noun, ids } of event.changes)
      seen.set(noun, new Set([...(seen.get(noun) ?? []), ...(ids ?? ["any"])]));
  }
  return seen;
}

const target = "https://www.example.com/";
const schedule = {
  ...jobBody(target),
  when: undefined,
  rule: { every: "day", localTime: "03:00", zone: "Asia/Seoul" },
  collision: "skip",
  blackout: [],
};

describe("the events", () => {
  it("start with an empty event, and are not cached on the way", async () => {
    const { response, read, leave } = await follow();
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("cache-control")).toContain("no-store");
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    expect(await read()).toEqual({ id: expect.stringMatching(/^[0-9]+$/), changes: [] });
    leave();
  });

  it("tell every follower that a job was created, without its content", async () => {
    const [viewer, auditor] = [await follow("viewer"), await follow("auditor")];
    const { json } = await stack.ask("POST", "/api/jobs", { persona: "operator", body: jobBody(target) });
    for (const { read, leave } of [viewer, auditor]) {
      const seen = await named(read, ["jobs", "submissions"]);
      expect([...seen.keys()]).not.toContain("schedules");
      expect(seen.get("submissions")).toEqual(new Set([json.submission.id]));
      leave();
    }
  });

  it("tell a returning follower what was missed, and nothing when nothing was", async () => {
    const first = await follow();
    const { id: before = "" } = (await first.read()) ?? {};
    const { json } = await stack.ask("POST", "/api/schedules", { persona: "operator", body: schedule });
    expect((await named(first.read, ["schedules"])).get("schedules")).toEqual(new Set([json.schedule.id]));
    first.leave();
    for (const position of [{ after: before }, { lastEventId: before }]) {
      const again = await follow("viewer", position);
      const event = await again.read();
      const change = event?.changes.find(({ noun }) => noun === "schedules");
      expect(change?.ids).toContain(json.schedule.id);
      again.leave();
      const later = await follow("viewer", { after: event?.id ?? "" });
      expect((await later.read())?.changes.map(({ noun }) => noun)).not.toContain("schedules");
      later.leave();
    }
  });

  it("tell a follower with an unknown position that everything may have changed", async () => {
    const { read, leave } = await follow("viewer", { after: "999999999999" });
    const changes = (await read())?.changes;
    expect(changes?.map(({ noun, ids }) => [noun, ids])).toEqual([
      ["jobs", null],
      ["submissions", null],
      ["schedules", null],
      ["verdicts", null],
    ]);
    leave();
    expect((await stack.ask("GET", "/api/events?after=-1")).status).toBe(400);
  });

  it("do not report denied actions", async () => {
    const { read, leave } = await follow();
    expect((await stack.ask("POST", "/api/jobs", { persona: "viewer", body: jobBody(target) })).status).toBe(403);
    await stack.ask("POST", "/api/schedules", { persona: "operator", body: schedule });
    expect([...(await named(read, ["schedules"])).keys()]).not.toContain("jobs");
    leave();
  });

  it("report a new schedule", async () => {
    const { read, leave } = await follow();
    const { status, text } = await stack.ask("POST", "/api/schedules", { persona: "operator", body: schedule });
    expect(status, text).toBe(200);
    await named(read, ["schedules"]);
    leave();
  });

  it("are refused without the guard header", async () => {
    const { status, headers } = await stack.ask("GET", "/api/events", { headers: { "X-WSC-Request": null } });
    expect(status).toBe(403);
    expect(headers["content-type"]).toContain("application/problem+json");
  });

  it("end when the server stops, without delaying it", async () => {
    const other = await startStack();
    const response = await fetch(`${other.origin}/api/events`, {
      headers: { "X-WSC-Request": "1", "Sec-Fetch-Site": "same-origin" },
    });
    const whole = response.text();
    await other.close();
    expect(await whole).toMatch(/^id: [0-9]+\ndata: \{"id":"[0-9]+","changes":\[\]\}\n\n$/);
  });
});

describe("following the changes", () => {
  const limits = { lookEveryMs: 5, maxDurationMs: 10_000, maxFollowers: 3, maxPerPerson: 2 };

  /** A follower, and when it was ended. */
  function follower(personId: string) {
    const told: ChangeEvent[] = [];
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    return { personId, told, ended, end, tell: (event: ChangeEvent) => void told.push(event) };
  }

  it("ends after its time limit, so that the person is authenticated again", async () => {
    const feed = createChangeFeed(stack.database, { ...limits, maxDurationMs: 30 });
    const one = follower("a");
    await feed.follow(one, null);
    await one.ended;
    expect(one.told.map(({ changes }) => changes)).toEqual([[]]);
    await feed.close();
  });

  it("is limited per person, and possible again when one stream has ended", async () => {
    const feed = createChangeFeed(stack.database, limits);
    const code = (personId: string) =>
      feed.follow(follower(personId), null).then(
        () => "follows",
        (error: { code: string }) => error.code,
      );
    const leave = await feed.follow(follower("a"), null);
    expect(await code("a")).toBe("follows");
    expect(await code("a")).toBe("OWN_CALLS_EXHAUSTED");
    expect(await code("b")).toBe("follows");
    expect(await code("b")).toBe("SERVER_BUSY");
    leave();
    leave();
    expect(await code("b")).toBe("follows");
    expect(await code("c")).toBe("SERVER_BUSY");
    await feed.close();
  });

  it("sends the same event to all streams", async () => {
    const feed = createChangeFeed(stack.database, limits);
    const both = [follower("a"), follower("b")];
    for (const one of both) await feed.follow(one, null);
    await stack.ask("POST", "/api/schedules", { persona: "operator", body: schedule });
    await until(
      () => both.map(({ told }) => told.length),
      (counts) => counts.every((count) => count >= 2),
    );
    expect(both[0]?.told[1]).toBe(both[1]?.told[1]);
    await feed.close();
  });
});
