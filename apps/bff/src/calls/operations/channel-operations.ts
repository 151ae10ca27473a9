import type { OperationTexts } from "./operation-text.ts";
import { channel, delivery } from "./samples.ts";

const { id, owner, createdAt, createdBy, ...rest } = channel;
const { state, pausedBecause, failures, waiting, lastDeliveredAt, ...settings } = rest;
const { kind, receiver, ...change } = settings;

const { digest, digestTime, quietHours, zone, language } = settings;
const ownSettings = {
  ...{ receiver: "kim@example.com", names: ["kim"], digest, digestTime, quietHours, zone, language },
  events: ["verdict.mentioned" as const, "target.assigned" as const],
};
const ownChannel = { ...ownSettings, state, pausedBecause, failures, waiting, lastDeliveredAt };

export const channelOperations: OperationTexts<"channels" | "deliveries" | "ownChannel"> = {
  channels: {
    list: { summary: "List channels", answer: { channels: [channel], isMailSet: true, isReadingOn: true } },
    create: {
      summary: "Create a channel; the secret that signs its messages is told once",
      body: { ...settings, receiver: "https://hooks.example.com/scans" },
      answer: { channel, secret: "whsec_(32 bytes in base64)" },
    },
    update: { summary: "Change a channel", body: change, answer: { channel } },
    remove: { summary: "Delete a channel, with what waits for it", body: {}, answer: {} },
    pause: {
      summary: "Pause a channel; what it is told meanwhile waits",
      body: {},
      answer: { channel: { ...channel, state: "paused", pausedBecause: "person" } },
    },
    resume: { summary: "Resume a channel and send what waits", body: {}, answer: { channel } },
    rotate: {
      summary: "Give a channel another secret; the one before signs beside it for a day",
      body: {},
      answer: { channel, secret: "whsec_(32 bytes in base64)" },
    },
    test: { summary: "Send a test message through a channel", body: {}, answer: { delivery } },
  },
  deliveries: {
    list: {
      summary: "List deliveries with their attempts",
      answer: { deliveries: [delivery], page: 1, pageCount: 1, limit: 100, total: 1 },
    },
    replay: {
      summary: "Send a message again, with the id that it had",
      body: {},
      answer: { delivery: { ...delivery, state: "waiting", deliveredAt: null, nextAttemptAt: delivery.createdAt } },
    },
  },
  ownChannel: {
    get: { summary: "Read one's own notifications", answer: { channel: ownChannel, isMailSet: true } },
    save: { summary: "Turn on or change one's own notifications", body: ownSettings, answer: { channel: ownChannel } },
    remove: { summary: "Turn off one's own notifications", body: {}, answer: {} },
    resume: {
      summary: "Resume one's own notifications and send what waits",
      body: {},
      answer: { channel: ownChannel },
    },
    test: { summary: "Send a test message to oneself", body: {}, answer: { delivery } },
  },
};
