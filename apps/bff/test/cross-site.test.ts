import { bffApi, type Endpoint } from "@wsc-dashboard/wsc-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Ask, jobBody, type Stack, startStack } from "./start-bff.ts";

let stack: Stack;
beforeAll(async () => {
  // In dev mode every caller is the administrator: only the guard prevents another site's request from acting.
  stack = await startStack({ paceMs: 60_000 });
  stack.emulator.control.addJobs([
    { instanceNo: waiting, startUrl: "https://a.example.com/", status: 2 },
    { instanceNo: running, startUrl: "https://b.example.com/", status: 3 },
  ]);
});
afterAll(() => stack.close());
beforeEach(() => stack.emulator.control.clearRequests());

const waiting = "7000001";
const running = "7000002";
const endpoints: Endpoint[] = Object.values(bffApi).flatMap((group) => Object.values(group));
const changing = endpoints.filter(({ method }) => method !== "GET");

/** Requests that would act if they came from our own page. */
const bodies: Readonly<Record<string, unknown>> = {
  "POST /api/jobs": jobBody("https://shop.example.com/"),
  "POST /api/jobs/cancel": { instanceNos: [waiting] },
  "POST /api/schedules": jobBody("https://shop.example.com/", {
    rule: { every: "day", localTime: "02:00", zone: "Asia/Seoul" },
  }),
  "PUT /api/drafts": { draft: { startUrl: "https://shop.example.com/" } },
  "POST /api/targets/check": { startUrl: "https://shop.example.com/", signIn: { kind: "none" } },
  "POST /api/targets/ownership": { startUrl: "https://shop.example.com/" },
};
const bodyOf = ({ method, path }: Endpoint): string => JSON.stringify(bodies[`${method} ${path}`] ?? {});
const pathOf = ({ path }: Endpoint): string =>
  path.replace(":instanceNo", path.endsWith("/stop") ? running : waiting).replace(":id", "x");

const elsewhere = "https://evil.example.com";
/** What a browser adds to a request that another site triggers. */
const foreign = { "X-WSC-Request": null, "Sec-Fetch-Site": "cross-site", Origin: elsewhere } as const;
/** What an older browser adds. */
const foreignAndOld = { "X-WSC-Request": null, "Sec-Fetch-Site": null, Origin: elsewhere } as const;
const own = (): string => stack.origin;

interface Vector {
  readonly name: string;
  readonly method?: string;
  readonly headers: () => NonNullable<Ask["headers"]>;
  readonly body?: (json: string) => string;
  readonly query?: string;
  readonly refusal: readonly [status: number, code: string];
}
const unguarded = [403, "REQUEST_GUARD_MISSING"] as const;
const strange = [403, "ORIGIN_FORBIDDEN"] as const;
const form = "application/x-www-form-urlencoded";
const boundary = "multipart/form-data; boundary=b";
const part = (json: string): string => `--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n${json}\r\n--b--\r\n`;

const vectors: readonly Vector[] = [
  {
    name: "a form",
    headers: () => ({ ...foreign, "Content-Type": form }),
    body: (json) => new URLSearchParams({ body: json }).toString(),
    refusal: unguarded,
  },
  {
    name: "a form with a file",
    headers: () => ({ ...foreign, "Content-Type": boundary }),
    body: part,
    refusal: unguarded,
  },
  {
    name: "a form whose text is JSON",
    headers: () => ({ ...foreign, "Content-Type": "text/plain" }),
    refusal: unguarded,
  },
  {
    name: "a form in an older browser",
    headers: () => ({ ...foreignAndOld, "Content-Type": "text/plain" }),
    refusal: unguarded,
  },
  {
    name: "a sandboxed frame",
    headers: () => ({ ...foreign, Origin: "null", "Content-Type": "text/plain" }),
    refusal: unguarded,
  },
  { name: "a beacon without a type", headers: () => ({ ...foreign, "Content-Type": null }), refusal: unguarded },
  {
    name: "an image, with the method in the address and in a header",
    method: "GET",
    query: "?_method=POST",
    headers: () => ({ ...foreign, Origin: null, "X-HTTP-Method-Override": "POST" }),
    body: () => "",
    refusal: unguarded,
  },
  { name: "a GET with the body of the act", method: "GET", headers: () => foreign, refusal: unguarded },
  {
    name: "a script that asks beforehand",
    method: "OPTIONS",
    headers: () => ({
      ...foreign,
      "Content-Type": null,
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "x-wsc-request,content-type",
    }),
    body: () => "",
    refusal: unguarded,
  },
  {
    name: "a script, had the browser not asked beforehand",
    headers: () => ({ ...foreign, "X-WSC-Request": "1" }),
    refusal: strange,
  },
  { name: "a sibling domain", headers: () => ({ "Sec-Fetch-Site": "same-site" }), refusal: strange },
  { name: "a typed address", headers: () => ({ "Sec-Fetch-Site": "none" }), refusal: strange },
  {
    name: "another origin in an older browser",
    headers: () => ({ "Sec-Fetch-Site": null, Origin: elsewhere }),
    refusal: strange,
  },
  { name: "another origin that claims to be ours", headers: () => ({ Origin: elsewhere }), refusal: strange },
  { name: "the null origin", headers: () => ({ "Sec-Fetch-Site": null, Origin: "null" }), refusal: strange },
  {
    name: "another port",
    headers: () => ({ "Sec-Fetch-Site": null, Origin: "http://127.0.0.1:1" }),
    refusal: strange,
  },
  {
    name: "another site by Referer",
    headers: () => ({ "Sec-Fetch-Site": null, Referer: `${elsewhere}/a` }),
    refusal: strange,
  },
  { name: "nowhere", headers: () => ({ "Sec-Fetch-Site": null }), refusal: strange },
  { name: "two origins, one of them ours", headers: () => ({ Origin: [own(), elsewhere] }), refusal: strange },
  {
    name: "two kinds of site",
    headers: () => ({ "Sec-Fetch-Site": ["same-origin", "cross-site"] }),
    refusal: strange,
  },
  { name: "two guard headers", headers: () => ({ "X-WSC-Request": ["1", "1"] }), refusal: unguarded },
  { name: "a rebound name", headers: () => ({ Host: "evil.example.com" }), refusal: [421, "HOST_MISMATCH"] },
  {
    name: "our own page with a form",
    headers: () => ({ "Content-Type": form }),
    refusal: [415, "CONTENT_TYPE_UNSUPPORTED"],
  },
  {
    name: "our own page with JSON under another name",
    headers: () => ({ "Content-Type": "text/json" }),
    refusal: [415, "CONTENT_TYPE_UNSUPPORTED"],
  },
];

/** Counts the rows that an act would leave. */
async function rows(): Promise<number> {
  const counts = await Promise.all(
    (["submission", "schedule", "draft"] as const).map((table) =>
      stack.database.db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll().as("count"))
        .executeTakeFirstOrThrow(),
    ),
  );
  return counts.reduce((sum, { count }) => sum + Number(count), 0);
}

function send(endpoint: Endpoint, vector: Vector | null) {
  const json = bodyOf(endpoint);
  return stack.ask(vector?.method ?? endpoint.method, `${pathOf(endpoint)}${vector?.query ?? ""}`, {
    raw: vector?.body?.(json) ?? json,
    ...(vector === null ? {} : { headers: vector.headers() }),
  });
}

describe("a request that changes something", () => {
  it.each(vectors)("does nothing at any endpoint, from $name", async (vector) => {
    const [status, code] = vector.refusal;
    for (const endpoint of changing) {
      const name = `${endpoint.method} ${endpoint.path}`;
      const answer = await send(endpoint, vector);
      expect(answer, name).toMatchObject({ status, json: { code } });
      expect(
        Object.keys(answer.headers).filter((header) => header.startsWith("access-control-")),
        name,
      ).toEqual([]);
    }
    expect(stack.emulator.control.requests()).toEqual([]);
    expect(await rows()).toBe(0);
  });
});

it("the same requests from our own page succeed", async () => {
  const done: Record<string, number> = {};
  for (const endpoint of changing) {
    const { status } = await send(endpoint, null);
    if (status < 300) done[`${endpoint.method} ${endpoint.path}`] = status;
  }
  expect(done).toMatchObject({
    "POST /api/jobs": 202,
    "POST /api/jobs/:instanceNo/cancel": 200,
    "POST /api/jobs/:instanceNo/stop": 200,
    "POST /api/session/extend": 200,
  });
  expect(await rows()).toBeGreaterThan(0);
});
