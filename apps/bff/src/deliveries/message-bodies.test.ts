import { languages, type NotificationEvent, notificationEvents } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import type { MessageContent } from "./message.ts";
import { mailText, slackBody, teamsBody, webhookBody } from "./message-bodies.ts";

const hostile = [
  "<!channel> <https://evil.example|click>",
  "@here @channel",
  "[click](https://evil.example)",
  "![x](https://evil.example/x.png)",
  "*bold* _it_ ~no~ `code`",
  "a\r\nBcc: victim@example.com\r\n\r\nbody",
  "a\u2028b\u202ec\0d",
  '"><script>alert(1)</script>',
  "&lt;b&gt;",
];

const content = (item: string, change: Partial<MessageContent> = {}): MessageContent => ({
  ...{ id: "1", kind: "event", createdAt: 0, language: "en", rule: { findingNames: true }, total: 1 },
  origin: "https://wsc.example.com",
  notifications: [
    {
      ...{ event: "job.finished", at: "2026-11-28T06:00:00.000Z", target: item, instanceNo: "42", people: [item] },
      counts: { total: 3, high: 1, medium: null, low: 2 },
      findings: [{ item, count: 3 }],
    },
  ],
  ...change,
});

describe("a message with text of a scanned site", () => {
  it("has no mention, link or markup of it in Slack, and none is read in Teams", () => {
    for (const text of hostile) {
      const slack = JSON.parse(slackBody(content(text)));
      expect(slack.mrkdwn).toBe(false);
      const own = slack.text.replace("<https://wsc.example.com/jobs/42/report|Open>", "");
      expect(own, text).not.toMatch(/[<>]|@(?!\u200b)|\](?!\u200b)|https?:(?!\u200b)|[*_~`](?!\u200b)/);
      const [{ content: card }] = JSON.parse(teamsBody(content(text))).attachments;
      const kinds = card.body.map(({ type }: { type: string }) => type);
      expect(new Set(kinds)).toEqual(new Set(["RichTextBlock", "ActionSet"]));
    }
  });

  it("keeps each text in one line of a mail, and its subject in one", () => {
    for (const text of hostile) {
      const { subject, text: body } = mailText(content(text));
      expect(subject).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      expect(subject.length).toBeLessThanOrEqual(200);
      expect(body).not.toMatch(/^Bcc:/m);
      expect(body.replaceAll("\n", "")).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    }
  });

  it("names no finding unless the channel says so", () => {
    const plain = content("XSS-canary", { rule: { findingNames: false } });
    const named = {
      ...plain,
      notifications: plain.notifications.map((facts) => ({ ...facts, target: "a.example", people: ["kim"] })),
    };
    for (const body of [webhookBody, slackBody, teamsBody]) expect(body(named)).not.toContain("canary");
    expect(mailText(named).text).not.toContain("canary");
  });
});

describe("a message", () => {
  const many = (count: number, events: readonly NotificationEvent[] = notificationEvents) =>
    Array.from({ length: count }, (_, index) => ({
      event: events[index % events.length] ?? "job.failed",
      ...{ at: "2026-11-28T06:00:00.000Z", target: `host-${index}.example.com`, instanceNo: "42", daysLeft: 7 },
    }));

  it("tells every event in every language, and how many it does not list", () => {
    for (const language of languages) {
      const digest = content("", { language, kind: "digest", notifications: many(50), total: 1000 });
      expect(mailText(digest).text).toContain("950");
      expect(JSON.parse(slackBody(digest)).text).toContain("980");
      expect(Buffer.byteLength(teamsBody(digest))).toBeLessThan(28_000);
      expect(mailText({ ...digest, kind: "test", notifications: [], total: 0 }).subject.length).toBeGreaterThan(10);
    }
  });

  it("is the same bytes at every repetition", () => {
    expect(webhookBody(content("x"))).toBe(webhookBody(content("x")));
    expect(
      JSON.parse(webhookBody(content("x", { kind: "digest", notifications: many(50), total: 1000 }))).data.total,
    ).toBe(1000);
  });
});
