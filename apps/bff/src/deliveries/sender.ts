import type { ChannelRule, DeliveryOutcome } from "@wsc-dashboard/wsc-core";
import { type KeyRing, SealBroken } from "../database/keys.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Logger } from "../log/logger.ts";
import type { Lookup } from "../targets/resolve-name.ts";
import { createRepeater } from "../timers/repeater.ts";
import type { DeliveryQueue } from "./delivery-queue.ts";
import type { Claim } from "./delivery-results.ts";
import { listedNotifications, type MessageContent } from "./message.ts";
import { mailText, slackBody, teamsBody, webhookBody } from "./message-bodies.ts";
import { type AttemptResult, postMessage } from "./post-message.ts";
import { openChannel, type SealedChannel, signingSecrets } from "./sealed-channel.ts";
import { type MailSender, sendMail } from "./send-mail.ts";
import { signatureHeaders } from "./signature.ts";

/** Maximum number of channels in parallel; each gets one message at a time. */
const maxBusy = 8;
/** Time limit of an attempt, in milliseconds; well below the lease. */
const attemptMs = 15_000;

export interface DeliverySenderParts {
  readonly queue: DeliveryQueue;
  readonly database: Pick<OpenDatabase, "isSoleProcess">;
  readonly ring: KeyRing;
  /** `null` when mail is not configured. */
  readonly mail: Omit<MailSender, "timeoutMs"> | null;
  readonly internalReceivers: readonly string[];
  readonly lookup: Lookup;
  readonly origin: string | null;
  readonly tickMs: number;
  readonly logger: Logger;
  readonly now: () => number;
  readonly onAttempt: (outcome: DeliveryOutcome) => void;
}

/** Returns a function that sends a message in the format of its channel. */
function createAttempt({ ring, mail, internalReceivers, lookup, now }: DeliverySenderParts) {
  async function send(
    { channel, delivery }: Claim,
    sealed: SealedChannel,
    content: MessageContent,
  ): Promise<AttemptResult> {
    const { receiver } = sealed;
    if (channel.kind === "email") {
      if (mail === null) return { outcome: "mail-unset", status: null };
      return sendMail({ ...mail, timeoutMs: attemptMs }, { id: delivery.id, to: receiver, ...mailText(content) });
    }
    const post = (body: string, headers: Readonly<Record<string, string>> = {}) =>
      postMessage(receiver, headers, body, { internalReceivers, lookup, timeoutMs: attemptMs });
    if (channel.kind === "slack") return post(slackBody(content));
    if (channel.kind === "teams") return post(teamsBody(content));
    const body = webhookBody(content);
    return post(body, signatureHeaders(delivery.id, now(), body, signingSecrets(sealed, now())));
  }

  return async function attempt(claim: Claim, content: MessageContent): Promise<AttemptResult> {
    try {
      return await send(claim, openChannel(ring, claim.channel), content);
    } catch (error) {
      if (error instanceof SealBroken) return { outcome: "unreadable", status: null };
      throw error;
    }
  };
}

/** The loop that creates due messages and sends them, concurrently with other replicas. */
export function createDeliverySender(parts: DeliverySenderParts) {
  const { queue, database, origin, tickMs, logger, now, onAttempt } = parts;
  const attempt = createAttempt(parts);
  /** Running attempts, by channel. */
  const busy = new Map<string, Promise<void>>();
  let lastProblem = "";
  let isClosing = false;

  async function deliver(claim: Claim): Promise<void> {
    const { delivery, channel } = claim;
    const { notifications, total } = await queue.content(delivery.id, listedNotifications);
    const content: MessageContent = {
      ...{ id: delivery.id, kind: delivery.kind, createdAt: delivery.created_at, language: channel.language },
      isOwn: channel.owner_id !== null,
      ...{ rule: JSON.parse(channel.rule) as ChannelRule, notifications, total, origin },
    };
    const startedAt = now();
    const began = performance.now();
    const result = await attempt(claim, content);
    onAttempt(result.outcome);
    const done = { ...result, startedAt, durationMs: Math.round(performance.now() - began) };
    if (result.outcome === "accepted") await queue.noteDelivered(claim, done, now());
    else await queue.noteFailed(claim, done, now());
    const facts = { channel: channel.id, delivery: delivery.id, ...result };
    logger[result.outcome === "accepted" ? "debug" : "info"](facts, "delivery");
  }

  function tellProblem(err: unknown): void {
    // A database outage is logged once rather than at every step.
    const problem = err instanceof Error ? err.message : String(err);
    if (problem !== lastProblem) logger.warn({ err }, "notifications are not being delivered");
    lastProblem = problem;
  }

  /** Starts as many attempts as may run in parallel. */
  async function step(): Promise<void> {
    await queue.compose(now());
    while (!isClosing && busy.size < maxBusy) {
      const claim = await queue.claim(now(), [...busy.keys()]);
      if (claim === null) break;
      const { id } = claim.channel;
      const sending = deliver(claim)
        .catch(tellProblem)
        .finally(() => {
          busy.delete(id);
          repeater.wake();
        });
      busy.set(id, sending);
    }
    lastProblem = "";
  }

  const repeater = createRepeater(step, tickMs, tellProblem);

  return {
    async start(): Promise<void> {
      // The process that held these claims has certainly ended.
      if (database.isSoleProcess) await queue.dropLeases();
      repeater.start();
    },
    /** Wakes the loop after a person's request. */
    wake: repeater.wake,
    async close(): Promise<void> {
      isClosing = true;
      await repeater.stop();
      await Promise.all(busy.values());
    },
  };
}
