import type { NotificationFacts } from "@wsc-dashboard/wsc-core";
import { linkOf, type MessageContent, type MessageText, messageText, oneLine } from "./message.ts";

/** Maximum number of notifications in a chat message, whose size is limited (Slack 40,000 characters, Teams 28 kB). */
const listedInChat = 20;
const maxSubjectLength = 200;

/** The webhook payload of a notification. */
function dataOf(facts: NotificationFacts, { rule, origin }: MessageContent) {
  const { event, at, findings, ...others } = facts;
  const names = rule.findingNames && findings !== undefined ? { findings } : {};
  return { ...others, ...names, link: linkOf(facts, origin) };
}

/** The JSON body of a webhook (Standard Webhooks): type, timestamp, data. Every repetition has the same bytes. */
export function webhookBody(content: MessageContent): string {
  const { kind, notifications, total, createdAt } = content;
  const [first] = notifications;
  if (kind === "event" && first !== undefined)
    return JSON.stringify({ type: first.event, timestamp: first.at, data: dataOf(first, content) });
  const timestamp = new Date(createdAt).toISOString();
  if (kind === "test") return JSON.stringify({ type: "test", timestamp, data: {} });
  const listed = notifications.map((facts) => ({
    type: facts.event,
    timestamp: facts.at,
    data: dataOf(facts, content),
  }));
  return JSON.stringify({ type: "digest", timestamp, data: { total, notifications: listed } });
}

function chatText(content: MessageContent): MessageText {
  // Keeps the newest ones.
  return messageText({ ...content, notifications: content.notifications.slice(-listedInChat) });
}

/**
 * Escapes text so that a chat finds no mention, link or markup: Slack interprets `&`, `<` and `>`; compatible servers interpret
 * Markdown, which a zero-width space after its characters prevents.
 */
const escapeChat = (text: string): string =>
  text
    .replace(/[@*_~`\]#|!:\\]/g, "$&\u200b")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

/** The body for incoming webhooks of Slack and compatible servers. */
export function slackBody(content: MessageContent): string {
  const { subject, entries, more, words } = chatText(content);
  const blocks = entries.map(({ title, lines, link }) =>
    [title, ...lines]
      .map(escapeChat)
      .concat(link === null ? [] : [`<${link}|${words.open}>`])
      .join("\n"),
  );
  const heading = entries.length === 1 && more === null ? [] : [escapeChat(subject)];
  const text = [...heading, ...blocks, ...(more === null ? [] : [more])].join("\n\n");
  return JSON.stringify({ text, mrkdwn: false, unfurl_links: false, unfurl_media: false });
}

/** A paragraph without markup. */
const plainRun = (text: string, weight: "Default" | "Bolder" = "Default") => ({
  type: "RichTextBlock",
  inlines: [{ type: "TextRun", text, weight }],
});

/** The body for workflows of Microsoft Teams: an adaptive card. */
export function teamsBody(content: MessageContent): string {
  const { subject, entries, more, words } = chatText(content);
  const body = [
    ...(entries.length === 1 && more === null ? [] : [plainRun(subject, "Bolder")]),
    ...entries.flatMap(({ title, lines, link }) => [
      plainRun(title, "Bolder"),
      ...lines.map((line) => plainRun(line)),
      ...(link === null
        ? []
        : [{ type: "ActionSet", actions: [{ type: "Action.OpenUrl", title: words.open, url: link }] }]),
    ]),
    ...(more === null ? [] : [plainRun(more)]),
  ];
  const card = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body,
  };
  const contentType = "application/vnd.microsoft.card.adaptive";
  return JSON.stringify({ type: "message", attachments: [{ contentType, contentUrl: null, content: card }] });
}

/** Subject and plain text of a mail. */
export function mailText(content: MessageContent): { readonly subject: string; readonly text: string } {
  const { subject, entries, more, words } = messageText(content);
  const paragraphs = entries.map(({ title, lines, link }) =>
    [title, ...lines, ...(link === null ? [] : [link])].join("\n"),
  );
  const text = [
    ...(entries.length === 0 ? [subject] : paragraphs),
    ...(more === null ? [] : [more]),
    `-- \n${content.isOwn ? words.ownSender : words.sender}`,
  ].join("\n\n");
  return { subject: `[WSC] ${oneLine(subject)}`.slice(0, maxSubjectLength).toWellFormed(), text: `${text}\n` };
}
