import { bffApi, type Endpoint, type Role, roles } from "@wsc-dashboard/wsc-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Ask, jobBody, type Stack, startStack } from "../start-bff.ts";
import { headerMode, proxyHeaders } from "./header-mode.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ environment: { ...headerMode, WSC_TRUSTED_PROXIES: "127.0.0.1/32" } });
});
afterAll(() => stack.close());

const groups: Readonly<Record<Role, string>> = {
  viewer: "readers",
  operator: "drivers",
  admin: "owners",
  auditor: "checkers",
};
interface Person {
  readonly name: string;
  readonly role: Role;
}
const bob: Person = { name: "bob", role: "operator" };
const alice: Person = { name: "alice", role: "operator" };
const carol: Person = { name: "carol", role: "admin" };

const as = ({ name, role }: Person, method: string, path: string, { headers, ...rest }: Ask = {}): Promise<Answer> =>
  stack.ask(method, path, { headers: { ...proxyHeaders(name, groups[role]), ...headers }, ...rest });

const home = "http://127.0.0.1:9/";
const rule = { every: "day", localTime: "02:00", zone: "UTC" };
const reservation = jobBody(home, { when: { kind: "at", localTime: "2027-06-01T02:00", zone: "UTC" } });
const schedule = jobBody(home, { rule });

async function makeOf(owner: Person, noun: "submission" | "schedule"): Promise<string> {
  const answer =
    noun === "submission"
      ? await as(owner, "POST", "/api/jobs", { body: reservation })
      : await as(owner, "POST", "/api/schedules", { body: schedule });
  return answer.json[noun].id;
}

/** Acts of the contract on one item with an owner; every changing endpoint with an id must be listed here. */
const acts: Readonly<
  Record<string, { noun: "submission" | "schedule"; body: unknown; prepare?: (id: string) => Promise<unknown> }>
> = {
  "DELETE /api/submissions/:id": { noun: "submission", body: {} },
  "POST /api/submissions/:id/resolve": {
    noun: "submission",
    body: { choice: "drop" },
    prepare: (id) =>
      stack.database.db
        .updateTable("submission")
        .set({ state: "NEEDS_REVIEW", next_at: null })
        .where("id", "=", id)
        .execute(),
  },
  "PUT /api/schedules/:id": { noun: "schedule", body: { ...schedule, memo: "other" } },
  "POST /api/schedules/:id/pause": { noun: "schedule", body: {} },
  "POST /api/schedules/:id/resume": { noun: "schedule", body: {} },
  "DELETE /api/schedules/:id": { noun: "schedule", body: {} },
};

const endpoints: Endpoint[] = Object.values(bffApi).flatMap((group) => Object.values(group));
const nameOf = ({ method, path }: Endpoint): string => `${method} ${path}`;

/** Items owned by the dashboard: whoever has the role may change each, whoever created it. Saved views: view-suite.ts. */
const shared = /^\/api\/(?:tokens|channels|deliveries|verdicts|views)\//;

it("the table lists every action on owned things, and nothing else", () => {
  const owned = endpoints.filter(({ method, path }) => method !== "GET" && path.includes(":id") && !shared.test(path));
  expect(owned.map(nameOf).toSorted()).toEqual(Object.keys(acts).toSorted());
});

describe.each(Object.entries(acts))("%s", (name, { noun, body, prepare = async () => undefined }) => {
  const [method = "", template = ""] = name.split(" ");
  const act = (who: Person, id: string) => as(who, method, template.replace(":id", id), { body });
  const show = async (id: string) => (await as(bob, "GET", `/api/${noun}s/${id}`)).text;
  async function make(): Promise<string> {
    const id = await makeOf(bob, noun);
    await prepare(id);
    return id;
  }

  it.each<[string, Person]>([
    ["another operator", alice],
    ["somebody whose name differs in one capital", { name: "Bob", role: "operator" }],
    ["somebody whose name begins the same", { name: "bobby", role: "operator" }],
    ...roles.flatMap((role): [string, Person][] =>
      role === "operator" || role === "admin"
        ? []
        : [
            [`another ${role}`, { name: "dana", role }],
            [`the owner, who is a mere ${role} by now`, { name: "bob", role }],
          ],
    ),
  ])("is refused to %s, changes nothing, and is written down", async (_, who) => {
    const id = await make();
    const before = await show(id);
    expect(await act(who, id)).toMatchObject({ status: 403, json: { code: "ROLE_FORBIDDEN" } });
    expect(await show(id)).toBe(before);
    const log = await as(carol, "GET", `/api/audit?result=denied&target=${noun}/${id}`);
    expect(log.json.entries).toMatchObject([{ actor: { id: `header:${who.name}` }, result: "denied" }]);
  });

  it.each<[string, Person]>([
    ["its owner", bob],
    ["an admin", carol],
  ])("is done for %s", async (_, who) => {
    const id = await make();
    expect(await act(who, id)).toMatchObject({ status: 200 });
    const log = await as(carol, "GET", `/api/audit?target=${noun}/${id}&actor=header:${who.name}&result=denied`);
    expect(log.json.entries).toEqual([]);
  });

  it("is 404 for owner and admin when it does not exist", async () => {
    for (const who of [bob, carol]) expect((await act(who, "00000000-0000-4000-8000-000000000000")).status).toBe(404);
  });
});

describe("a draft", () => {
  it("is private to its owner: an operator or admin cannot read, overwrite or delete it", async () => {
    const draft = { startUrl: "https://bob.example.com/", memo: "of bob" };
    expect((await as(bob, "PUT", "/api/drafts", { body: { draft } })).status).toBe(200);
    for (const who of [alice, carol, { name: "Bob", role: "admin" } as const]) {
      expect((await as(who, "GET", "/api/drafts")).json).toEqual({ kept: null });
      expect((await as(who, "DELETE", "/api/drafts")).json).toEqual({ removed: false });
      await as(who, "PUT", "/api/drafts", { body: { draft: { memo: "of another" } } });
    }
    expect((await as(bob, "GET", "/api/drafts")).json.kept.draft).toMatchObject(draft);
  });
});

it("an Idempotency-Key of another person does not return their answer", async () => {
  const headers = { "Idempotency-Key": "shared-key-0123456789" };
  const of = async (who: Person) =>
    (await as(who, "POST", "/api/jobs", { body: reservation, headers })).json.submission;
  const [first, second, again] = [await of(bob), await of(alice), await of(bob)];
  expect(second.id).not.toBe(first.id);
  expect(again.id).toBe(first.id);
});

it("an operator sees things of others with their owner and without credentials", async () => {
  const signIn = { kind: "headers", headers: { Cookie: "SID=canary-own-41" } };
  const made = await as(bob, "POST", "/api/jobs", { body: { ...reservation, signIn } });
  const { id } = made.json.submission;
  for (const who of [alice, carol, bob]) {
    const { status, text, json } = await as(who, "GET", `/api/submissions/${id}`);
    expect(status).toBe(200);
    expect(text).not.toContain("canary-own-41");
    expect(json.submission).toMatchObject({ id });
  }
});
