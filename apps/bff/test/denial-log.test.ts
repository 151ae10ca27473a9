import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jobBody, type Stack, startStack, until } from "./start-bff.ts";

let stack: Stack;
let ahead = 0;
beforeAll(async () => {
  stack = await startStack({ bffNow: () => Date.now() + ahead });
});
afterAll(() => stack.close());

const denials = async () => {
  const rows = await stack.database.db.selectFrom("audit").select("entry").orderBy("seq").execute();
  return rows
    .map(({ entry }) => JSON.parse(entry) as { actor: string; action: string; details?: Record<string, unknown> })
    .filter(({ details }) => details?.code === "ROLE_FORBIDDEN");
};

describe("a person who extends their session again and again", () => {
  it("causes one entry an hour, with the number of further extensions", async () => {
    const entries = async () => {
      const rows = await stack.database.db.selectFrom("audit").select("entry").orderBy("seq").execute();
      return rows
        .map(({ entry }) => JSON.parse(entry) as { action: string; details?: Record<string, unknown> })
        .filter(({ action }) => action === "session.extend")
        .map(({ details }) => details?.count);
    };
    const extend = () => stack.ask("POST", "/api/session/extend", { body: {}, persona: "viewer" });
    for (let count = 0; count < 20; count += 1) expect((await extend()).status).toBe(200);
    expect(await entries()).toEqual([1]);
    ahead += 3_600_000;
    await extend();
    expect(await entries()).toEqual([1, 19, 1]);
  });
});

describe("a person who is denied the same again and again", () => {
  it("causes a few entries a minute that count every denial, and hides nobody else's", async () => {
    const deny = (persona: string) => stack.ask("POST", "/api/jobs", { body: jobBody("http://127.0.0.1:9/"), persona });
    for (let count = 0; count < 60; count += 1) expect((await deny("viewer")).status).toBe(403);
    expect((await denials()).length).toBeLessThanOrEqual(30);
    await deny("auditor");
    expect((await denials()).filter(({ actor }) => actor === "dev:auditor")).toHaveLength(1);
    ahead += 61_000;
    const counted = async () =>
      (await denials())
        .filter(({ actor }) => actor === "dev:viewer")
        .reduce((sum, { details }) => sum + Number(details?.count ?? 1), 0);
    await until(counted, (count) => count >= 60);
    expect(await counted()).toBe(60);
    expect((await denials()).length).toBeLessThanOrEqual(30);
  });
});
