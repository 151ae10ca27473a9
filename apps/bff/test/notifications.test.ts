import type { Delivery } from "@wsc-dashboard/wsc-core";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sendMail } from "../src/deliveries/send-mail.ts";
import { recordNotification } from "../src/notifications/record-notification.ts";
import { forbiddenHosts } from "./address-spellings.ts";
import {
  decodedMail,
  type HttpReceiver,
  type MailReceiver,
  pourGigabyte,
  startHttpReceiver,
  startMailReceiver,
} from "./notification-receivers.ts";
import { type Answer, type Stack, startStack, until } from "./start-bff.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
let stack: Stack;
let hooks: HttpReceiver;
let post: MailReceiver;
/** The clock runs, and tests can advance it. */
let passed = 0;
const clock = (): number => Date.now() + passed;

beforeAll(async () => {
  hooks = await startHttpReceiver();
  post = await startMailReceiver("mail-canary-51c7");
  stack = await startStack({
    now: clock,
    bffNow: clock,
    environment: {
      WSC_BACKGROUND_READ_MS: "1",
      WSC_PUBLIC_ORIGIN: "http://127.0.0.1:3999",
      WSC_INTERNAL_RECEIVERS: "127.0.0.1",
      WSC_SMTP_URL: `smtp://mailer:mail-canary-51c7@127.0.0.1:${post.port}`,
      WSC_MAIL_FROM: "scans@example.com",
    },
  });
});
afterAll(async () => {
  await stack.close();
  await hooks.close();
  await post.close();
});

const ask = (method: string, path: string, body?: unknown, persona = "admin"): Promise<Answer> =>
  stack.ask(method, path, {
    persona,
    headers: { Host: "127.0.0.1:3999" },
    ...(body === undefined ? {} : { body }),
  });

interface Made {
  readonly id: string;
  readonly secret: string | null;
}
const settings = {
  ...{ name: "team", targets: null, minimumSeverity: null, findingNames: false, language: "en", zone: "Asia/Seoul" },
  ...{ events: ["job.finished", "job.failed", "report.expires"], digest: "at-once", digestTime: "09:00" },
  quietHours: null,
};
async function make(path: string, change: Record<string, unknown> = {}): Promise<Made> {
  const body = { ...settings, kind: "webhook", receiver: `${hooks.origin}${path}`, ...change };
  const { status, json } = await ask("POST", "/api/channels", body);
  expect([status, json.code]).toEqual([200, undefined]);
  return { id: json.channel.id, secret: json.secret };
}
const remove = (id: string): Promise<Answer> => ask("DELETE", `/api/channels/${id}`, {});
const channel = async (id: string) =>
  (await ask("GET", "/api/channels")).json.channels.find((one: { id: string }) => one.id === id);
const deliveries = async (id: string): Promise<Delivery[]> =>
  (await ask("GET", `/api/deliveries?channel=${id}`)).json.deliveries;

let subjects = 0;
/** Records events that channels are notified of. */
async function happen(count = 1, findings: { item: string; count: number }[] = []): Promise<void> {
  await stack.database.db.transaction().execute(async (tx) => {
    for (let index = 0; index < count; index += 1) {
      subjects += 1;
      const facts = { target: "shop.example.com", instanceNo: "42", findings };
      await recordNotification(tx, { event: "job.failed", subject: `test/${subjects}`, at: clock(), facts });
    }
  });
}
/** Advances the clock in steps while waiting for something. */
const later = <T>(ms: number, read: () => Promise<T> | T, isSatisfied: (value: T) => boolean): Promise<T> =>
  until(() => {
    passed += ms;
    return read();
  }, isSatisfied);
const settled = (id: string) =>
  until(
    () => deliveries(id),
    (all) => all.length > 0 && all.every(({ state }) => state === "delivered"),
  );

describe("a webhook", () => {
  it("is signed so that the reference library accepts it, with both secrets while one is being replaced", async () => {
    const { id, secret } = await make("/signed");
    const rotated = (await ask("POST", `/api/channels/${id}/rotate`, {})).json.secret;
    await happen();
    await settled(id);
    const [{ headers, body } = { headers: {}, body: "" }] = hooks.at("/signed");
    const read = (text: string) => new Webhook(text).verify(body, headers as Record<string, string>);
    for (const text of [secret ?? "", rotated]) {
      expect(read(text)).toMatchObject({
        type: "job.failed",
        data: { target: "shop.example.com", link: "http://127.0.0.1:3999/jobs/42" },
      });
    }
    expect(() => read("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")).toThrow();
    passed += 25 * hour;
    await happen();
    await until(
      () => hooks.at("/signed").length,
      (count) => count === 2,
    );
    expect(hooks.at("/signed")[1]?.headers["webhook-signature"]?.split(" ")).toHaveLength(1);
    await remove(id);
  });

  it("that fails comes again with the same id, and holds up no other channel", async () => {
    const redirected = await startHttpReceiver();
    const behaviours = {
      "/down": (response) => void response.destroy(),
      "/500": (response) => void response.writeHead(500).end(),
      "/redirect": (response) => void response.writeHead(302, { location: `${redirected.origin}/else` }).end(),
      "/broken": (response) => void response.socket?.end("HTTP/1.1 2OO\r\n\r\n"),
    } satisfies Record<string, Parameters<HttpReceiver["answers"]>[1]>;
    const made = new Map<string, string>();
    for (const [path, behaviour] of Object.entries(behaviours)) {
      hooks.answers(path, behaviour);
      made.set(path, (await make(path)).id);
    }
    const good = await make("/good");
    await happen(3);
    await settled(good.id);
    expect(hooks.at("/good")).toHaveLength(3);
    // Down for an hour.
    for (let step = 0; step < 12; step += 1) {
      passed += 5 * minute;
      await until(
        () => hooks.received.length,
        () => true,
      );
    }
    for (const path of made.keys()) hooks.answers(path, (response) => void response.writeHead(204).end());
    for (const [path, id] of made) {
      const all = await later(
        minute,
        () => deliveries(id),
        (list) => list.length === 3 && list.every(({ state }) => state === "delivered"),
      );
      const ids = hooks.at(path).map(({ headers }) => headers["webhook-id"]);
      expect(new Set(ids), path).toEqual(new Set(all.map((one) => one.id)));
      expect(ids.length, path).toBeGreaterThan(3);
      await remove(id);
    }
    expect(redirected.received).toEqual([]);
    await redirected.close();
    await remove(good.id);
  });

  it("is taken for delivered by its status, however much or slowly the answer goes on; the rest is not read", async () => {
    hooks.answers("/gigabyte", pourGigabyte);
    hooks.answers("/drip", (response) => {
      response.writeHead(200).write("a");
      const timer = setInterval(() => response.write("a"), 50);
      response.on("close", () => clearInterval(timer));
    });
    for (const path of ["/gigabyte", "/drip"]) {
      const { id } = await make(path);
      await happen();
      const [delivery] = await settled(id);
      expect(delivery?.attempts).toBe(1);
      await remove(id);
    }
    expect(hooks.sentBytes()).toBeLessThan(50_000_000);
  });

  it("to a receiver that is gone pauses the channel at once, shows it, and comes after the resumption", async () => {
    hooks.answers("/410", (response) => void response.writeHead(410).end());
    const { id } = await make("/410");
    await happen();
    expect(
      await until(
        () => channel(id),
        ({ state }) => state === "paused",
      ),
    ).toMatchObject({ pausedBecause: "gone", waiting: 1 });
    expect((await ask("POST", `/api/channels/${id}/test`, {})).json.code).toBe("CHANNEL_PAUSED");
    hooks.answers("/410", (response) => void response.writeHead(200).end());
    await ask("POST", `/api/channels/${id}/resume`, {});
    await settled(id);
    expect(new Set(hooks.at("/410").map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    await remove(id);
  });

  it("can be replayed with its id, and tested", async () => {
    const { id } = await make("/replay");
    await ask("POST", `/api/channels/${id}/test`, {});
    const [sent] = await settled(id);
    expect(JSON.parse(hooks.at("/replay")[0]?.body ?? "")).toMatchObject({ type: "test" });
    await ask("POST", `/api/deliveries/${sent?.id}/replay`, {});
    await until(
      () => hooks.at("/replay").length,
      (count) => count === 2,
    );
    expect(hooks.at("/replay")[1]?.headers["webhook-id"]).toBe(sent?.id);
    await settled(id);
    await remove(id);
  });
});

describe("a receiver", () => {
  it("is never an internal address that the operator has not named, in any spelling", async () => {
    const before = hooks.received.length;
    for (const host of forbiddenHosts) {
      // The one internal host that is allowed.
      if (/^https?:\/\/127\.0\.0\.1\/$/.test(URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`).href : ""))
        continue;
      const body = { ...settings, kind: "webhook", receiver: `https://${host}/` };
      const { status, json } = await ask("POST", "/api/channels", body);
      expect([status, json.code === "RECEIVER_INVALID" || json.code === "RECEIVER_FORBIDDEN"], host).toEqual([
        422,
        true,
      ]);
    }
    for (const receiver of [
      "http://hooks.example.com/",
      "ftp://example.com/",
      "https://a:b@example.com/",
      "x",
      "javascript:1",
    ]) {
      const { json } = await ask("POST", "/api/channels", { ...settings, kind: "slack", receiver });
      expect(json.errors, receiver).toMatchObject([{ pointer: "/receiver" }]);
    }
    for (const receiver of [
      "a@example.com\r\nBcc: b@example.com",
      "a@example.com,b@example.com",
      "a",
      "a@[127.0.0.1]",
    ]) {
      const { json } = await ask("POST", "/api/channels", { ...settings, kind: "email", receiver });
      expect(json.errors, receiver).toMatchObject([{ pointer: "/receiver" }]);
    }
    expect(hooks.received).toHaveLength(before);
  });
});

describe("a mail", () => {
  it("is plain text in the language of its channel, with one receiver and the id of its message", async () => {
    let sent = 0;
    for (const [language, title] of [
      ["ko", "진단 실패"],
      ["ja", "診断失敗"],
      ["en", "Scan failed"],
    ] as const) {
      const { id } = await make("", { kind: "email", receiver: `${language}@example.com`, language });
      await happen();
      const [delivery] = await settled(id);
      const mail = post.mails.find(({ to }) => to[0] === `${language}@example.com`);
      expect(mail).toMatchObject({ to: [`${language}@example.com`], from: "scans@example.com" });
      expect(mail?.text).toMatch(/^Content-Type: text\/plain/m);
      expect(mail?.text).toContain(`Message-ID: <${delivery?.id}@example.com>`);
      sent += 1;
      expect(decodedMail(mail?.text ?? "")).toContain(title);
      await remove(id);
    }
    expect(post.mails).toHaveLength(sent);
  });

  it("is not handed over without TLS, unless the server is on this machine", async () => {
    const server = { host: "127.0.0.1", port: post.port, tls: "required" } as const;
    const mail = { id: "1", to: "a@example.com", subject: "s", text: "t" };
    const result = await sendMail({ server, from: "scans@example.com", timeoutMs: 10_000 }, mail);
    expect(result.outcome).not.toBe("accepted");
    expect(post.mails.filter(({ to }) => to[0] === "a@example.com")).toEqual([]);
  });
});

describe("a person's own notifications", () => {
  const own = {
    ...{ receiver: "own@example.com", names: ["operator"], events: ["target.assigned", "job.failed"] },
    ...{ digest: "at-once", digestTime: "09:00", quietHours: null, zone: "Asia/Seoul", language: "ja" },
  };
  const save = (change: Record<string, unknown> = {}, persona = "operator") =>
    ask("PUT", "/api/own-channel", { ...own, ...change }, persona);

  it("come by mail once somebody is made owner of a target, with a way to turn them off", async () => {
    expect((await ask("GET", "/api/own-channel", undefined, "operator")).json).toEqual({
      channel: null,
      isMailSet: true,
    });
    expect(await save()).toMatchObject({ status: 200, json: { channel: { state: "active", names: ["operator"] } } });
    const description = { tags: [], owner: "operator", service: null, note: null, version: 0 };
    await ask("PUT", "/api/targets/owned.example.com/details", description);
    const mine = () => post.mails.filter(({ to }) => to[0] === "own@example.com");
    await until(mine, (mails) => mails.length === 1);
    const text = decodedMail(mine()[0]?.text ?? "");
    expect(text).toContain("対象の担当者を設定 · owned.example.com");
    expect(text).toContain("http://127.0.0.1:3999/targets/owned.example.com");
    expect(text).toContain("自分への通知");
    await ask("POST", "/api/own-channel/test", {}, "operator");
    await until(mine, (mails) => mails.length === 2);
    expect((await ask("DELETE", "/api/own-channel", {}, "operator")).status).toBe(200);
    expect((await ask("POST", "/api/own-channel/test", {}, "operator")).json.code).toBe("CHANNEL_NOT_FOUND");
  });

  it("are everybody's own: each role has them, and nobody sees another's", async () => {
    for (const persona of ["viewer", "operator", "auditor", "admin"]) {
      expect((await save({ receiver: `${persona}@example.com` }, persona)).status).toBe(200);
      const { json } = await ask("GET", "/api/own-channel", undefined, persona);
      expect(json.channel.receiver).toBe(`${persona}@example.com`);
    }
    expect((await ask("GET", "/api/channels", undefined, "viewer")).status).toBe(403);
    for (const persona of ["viewer", "operator", "auditor", "admin"])
      await ask("DELETE", "/api/own-channel", {}, persona);
  });

  it("flood nobody's mailbox and no audit log: a person has a share of changes and tests", async () => {
    await save({ receiver: "flooded@example.com" }, "auditor");
    const statuses = new Map<number, number>();
    for (let call = 0; call < 40; call += 1) {
      const { status } = await ask("POST", "/api/own-channel/test", {}, "auditor");
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(statuses.get(429)).toBeGreaterThan(0);
    expect(statuses.get(200)).toBeGreaterThan(0);
    expect((await ask("PUT", "/api/own-channel", { ...own }, "viewer")).status).toBe(200);
    await ask("DELETE", "/api/own-channel", {}, "viewer");
  });

  it("are refused at the field that is wrong", async () => {
    for (const [pointer, change] of [
      ["/receiver", { receiver: "a@example.com\r\nBcc: b@example.com" }],
      ["/receiver", { receiver: "https://hooks.example.com/" }],
      ["/names", { names: [] }],
      ["/names/0", { names: ["a\nb"] }],
      ["/names/0", { names: ["\u202ekim"] }],
      ["/events/0", { events: ["budget.low"] }],
      ["/zone", { zone: "Mars/Base" }],
      ["/language", { language: "fr" }],
    ] as const) {
      expect(await save(change), JSON.stringify(change)).toMatchObject({
        status: 422,
        json: { errors: [{ pointer }] },
      });
    }
    expect((await ask("GET", "/api/own-channel", undefined, "operator")).json.channel).toBeNull();
  });
});

describe("texts from outside", () => {
  it("are named only when the channel says so", async () => {
    const [plain, named] = [await make("/plain"), await make("/named", { findingNames: true })];
    await happen(1, [{ item: "XSS <script>", count: 2 }]);
    await settled(plain.id);
    await settled(named.id);
    expect(hooks.at("/plain")[0]?.body).not.toContain("XSS");
    expect(JSON.parse(hooks.at("/named")[0]?.body ?? "").data.findings).toEqual([{ item: "XSS <script>", count: 2 }]);
    await remove(plain.id);
    await remove(named.id);
  });
});

describe("a job of the account", () => {
  it("that finished is told once, with its counts and what is new, fixed and remaining", async () => {
    const { id } = await make("/jobs");
    const end = (daysAgo: number): string => new Date(clock() - daysAgo * day).toISOString();
    const weakness = (path: string) => ({
      ...{ item: "XSS", risk: "High" as const, method: "GET", parameter: "q", evidence: "secret-evidence" },
      url: `https://told.example.com/${path}`,
    });
    passed += 10 * minute;
    const seed = (daysAgo: number, paths: string[]) => ({
      ...{ startUrl: "https://told.example.com/", status: 4, startedAt: end(daysAgo + 0.01), endedAt: end(daysAgo) },
      findings: paths.map(weakness),
    });
    const [, head] = stack.emulator.control.addJobs([seed(20, ["a", "b"]), seed(0, ["b", "c", "d"])]);
    await later(
      100,
      () => hooks.at("/jobs").length,
      (count) => count > 0,
    );
    await settled(id);
    expect(hooks.at("/jobs")).toHaveLength(1);
    const { body } = hooks.at("/jobs")[0] ?? { body: "" };
    expect(JSON.parse(body)).toMatchObject({
      type: "job.finished",
      data: {
        ...{ target: "told.example.com", instanceNo: head, link: `http://127.0.0.1:3999/jobs/${head}/report` },
        counts: { total: 3, high: 3, medium: 0, low: 0 },
        changes: { new: 2, remaining: 1, fixed: 1 },
      },
    });
    expect(body).not.toContain("secret-evidence");
    // A month before its report expires, and a week before.
    passed += 336 * day;
    await later(
      hour,
      () => hooks.at("/jobs").length,
      (count) => count === 2,
    );
    passed += 23 * day;
    await later(
      hour,
      () => hooks.at("/jobs").length,
      (count) => count === 3,
    );
    const reminders = hooks
      .at("/jobs")
      .slice(1)
      .map((one) => JSON.parse(one.body).data.daysLeft);
    expect(reminders).toEqual([30, 7]);
    await remove(id);
  });
});

describe("channels", () => {
  it("that are gone are refused by name", async () => {
    const { id } = await make("/gone");
    await remove(id);
    expect((await ask("POST", `/api/channels/${id}/test`, {})).json.code).toBe("CHANNEL_NOT_FOUND");
    expect((await ask("POST", `/api/deliveries/${id}/replay`, {})).json.code).toBe("DELIVERY_NOT_FOUND");
  });

  it("show neither receiver nor secret in an answer, the log, the audit log, an export or the database", async () => {
    const { id, secret } = await make("/path-canary-77e1", { name: "canary" });
    await happen();
    await settled(id);
    await ask("PUT", `/api/channels/${id}`, { ...settings, name: "canary" });
    const rows = await stack.database.db.selectFrom("channel").selectAll().execute();
    const places = {
      list: (await ask("GET", "/api/channels")).text,
      deliveries: (await ask("GET", "/api/deliveries")).text,
      audit: (await ask("GET", "/api/audit?limit=100")).text,
      export: (await ask("GET", "/api/audit/export?format=json")).text,
      database: JSON.stringify(rows),
      log: stack.logs.join("\n"),
    };
    for (const [place, text] of Object.entries(places)) {
      for (const hidden of ["path-canary-77e1", (secret ?? "").slice(8, 40), "mail-canary-51c7"])
        expect(text, place).not.toContain(hidden);
    }
    expect(places.audit).toContain("channel.update");
    await remove(id);
  });
});
