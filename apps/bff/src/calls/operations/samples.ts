import type { Channel, Delivery } from "@wsc-dashboard/wsc-core";
/** Fictitious values shared by several examples. */
export const instants = {
  created: "2026-11-30T02:00:00.000Z",
  started: "2026-11-30T02:00:05.000Z",
  ended: "2026-11-30T05:12:40.000Z",
  closes: "2027-11-30T05:12:40.000Z",
  asOf: "2026-11-30T06:00:00.000Z",
} as const;

export const job = {
  instanceNo: "7000042",
  startUrl: "https://staging.example.com/",
  memo: "release 4.2",
  status: { text: "Complete", phase: "completed" as const, code: 4 },
  progress: 100,
  crawlCount: 231,
  findingCount: 1,
  startedAt: instants.started,
  endedAt: instants.ended,
  capabilities: { report: true, cancel: false, stop: false, rescan: true, cause: false },
  reportExpiresAt: instants.closes,
};

export const jobRequest = {
  startUrl: "https://staging.example.com/",
  memo: "release 4.2",
  consent: { textVersion: "1" as const, accepted: true as const },
};

export const submission = {
  id: "0b9a7f0e-2f3c-4f57-9a53-5b1f2f6f0c11",
  state: "SCHEDULED" as const,
  startUrl: "https://staging.example.com/",
  memo: "release 4.2",
  createdAt: instants.created,
  createdBy: "deploy pipeline",
  dueAt: instants.created,
  isOwn: true,
  attempts: [],
};

export const draft = { startUrl: "https://staging.example.com/", memo: "release 4.2" };

export const scheduleRequest = {
  ...jobRequest,
  rule: { every: "week" as const, weekdays: ["sun" as const], localTime: "02:00", zone: "Asia/Seoul" },
  collision: "skip" as const,
};

export const schedule = {
  id: "5f4c7a52-6f0a-4a43-9d0f-1c2f3e4d5a6b",
  state: "active" as const,
  owner: "deploy pipeline",
  isOwn: true,
  createdAt: instants.created,
  startUrl: "https://staging.example.com/",
  memo: "",
  excludeUrls: [],
  items: ["ALL"],
  userAgent: "PC Chrome",
  speed: "1",
  signInKind: "none" as const,
  rule: scheduleRequest.rule,
  collision: "skip" as const,
  blackout: [],
  next: [{ dueAt: "2026-12-05T17:00:00.000Z", localTime: "2026-12-06T02:00" }],
  runs: [],
};

export const counts = { total: 1, high: 1, medium: 0, low: 0 };
export const budget = { day: { used: 1, limit: 20 }, userHour: { used: 1, limit: 5 } };
export const page = { page: 1, pageCount: 1, limit: 100, total: 1 };

export const token = {
  id: "c1d1f6b2-7a51-4c57-8f0c-3f5a6b7c8d9e",
  name: "deploy pipeline",
  role: "operator" as const,
  targets: ["staging.example.com"],
  state: "active" as const,
  createdAt: instants.created,
  createdBy: "kim",
  expiresAt: "2027-02-28T02:00:00.000Z",
  lastUsedAt: null,
  revokedAt: null,
};

export const reading = {
  isOn: true,
  jobs: 1,
  waiting: 0,
  failed: 0,
  listReadAt: instants.asOf,
  isListComplete: true,
  failure: null,
};

export const channel: Channel = {
  owner: null,
  id: "3f0c7d1e-5a52-4f0e-9f57-0d9c8b1f2a66",
  name: "Security team",
  kind: "webhook",
  receiver: "hooks.example.com",
  events: ["job.finished", "job.failed", "submission.review"],
  targets: null,
  minimumSeverity: null,
  findingNames: false,
  tags: null,
  people: null,
  digest: "at-once",
  digestTime: "09:00",
  quietHours: null,
  zone: "Asia/Seoul",
  language: "en",
  state: "active",
  pausedBecause: null,
  failures: 0,
  waiting: 0,
  lastDeliveredAt: instants.asOf,
  createdAt: instants.created,
  createdBy: "kim",
};

export const delivery: Delivery = {
  id: "0b7a1f7c-93f5-4a0a-8a53-9f2f3fd0a1be",
  channelId: channel.id,
  kind: "event",
  state: "delivered",
  notifications: 1,
  createdAt: instants.asOf,
  nextAttemptAt: null,
  deliveredAt: instants.asOf,
  attempts: 1,
  log: [{ at: instants.asOf, outcome: "accepted", status: 204, durationMs: 143 }],
};
