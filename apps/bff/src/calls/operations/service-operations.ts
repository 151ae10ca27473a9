import type { OperationTexts } from "./operation-text.ts";
import { budget, instants, submission, token } from "./samples.ts";

const session = {
  user: { name: "deploy pipeline", roles: ["operator" as const] },
  authMode: "oidc" as const,
  endsAt: "2027-02-28T02:00:00.000Z",
  signIn: { startUrl: null, end: null },
  permissions: ["jobs.list", "jobs.create"],
  upstream: { environment: "public" as const, host: "wsc.apigw.example", emulator: false, demoSite: null },
  timeZone: "Asia/Seoul",
  listPollMs: 15_000,
  items: [{ word: "ALL", confirmed: true }],
  userAgents: ["PC Chrome"],
  speeds: ["1"],
  consentTextVersion: "1",
  allowPrivateTargets: false,
  version: "1.0.0",
};

const entry = {
  seq: 42,
  at: instants.created,
  actor: { id: `token:${token.id}`, name: token.name, roles: ["operator"] },
  requestId: "0b9a7f0e-2f3c-4f57-9a53-5b1f2f6f0c12",
  action: "submission.create",
  object: "submission/0b9a7f0e-2f3c-4f57-9a53-5b1f2f6f0c11",
  target: "staging.example.com",
  result: "allowed",
  detail: {},
  hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
};

const fact = {
  name: "list-order" as const,
  state: "proven" as const,
  value: "newest-first",
  measure: 120,
  source: "probe" as const,
  earlier: null,
  since: instants.created,
};

const event = { id: "42", changes: [{ noun: "jobs" as const, ids: ["7000042"] }] };

export const serviceOperations: OperationTexts<
  "session" | "audit" | "status" | "gateway" | "tokens" | "openApi" | "demo" | "events"
> = {
  session: {
    get: { summary: "Who asks, and what they may do", answer: session },
    extend: { summary: "Keep a person's session from ending", body: {}, answer: session },
  },
  audit: {
    list: { summary: "Search the audit log", answer: { entries: [entry], next: null } },
    export: { summary: "Save the audit log as CSV or JSON Lines" },
    chain: {
      summary: "State of the audit chain",
      answer: {
        state: "intact",
        entries: 42,
        verified: 42,
        brokenAt: null,
        head: entry.hash,
        checkedAt: instants.asOf,
      },
    },
    get: { summary: "Read an entry of the audit log", answer: { entry } },
  },
  status: {
    get: {
      summary: "State of the dashboard and of its connection",
      answer: {
        upstream: {
          environment: "public",
          origin: "https://wsc.apigw.example",
          accessKeyEnd: null,
          clockSkewMs: 12,
          lastSuccessAt: instants.asOf,
          failure: null,
          paused: [],
        },
        store: { kind: "sqlite", isWritable: true, isLocked: true, areKeysOpen: true },
        dispatcher: { lastRoundAt: instants.asOf, failure: null },
        budget,
        submissions: [{ state: "BOUND", count: 1 }],
        schedules: { active: 1, paused: 0 },
        version: "1.0.0",
        asOf: instants.asOf,
      },
    },
    settings: {
      summary: "Settings from the environment, without secrets",
      answer: {
        settings: [{ name: "WSC_UPSTREAM", isSecret: false, isSet: true, value: "public", isDefault: false }],
      },
    },
    test: {
      summary: "Test the connection, with a call that only reads",
      body: {},
      answer: { steps: [{ step: "reach", result: "passed" }], clockSkewMs: 12, durationMs: 87 },
    },
  },
  gateway: {
    facts: { summary: "What the gateway of the account has shown", answer: { facts: [fact] } },
    probe: {
      summary: "Record how the gateway answers, with calls that only read",
      body: {},
      answer: {
        fileName: "wsc-recording-20261130T060000Z.json",
        recording: "{}",
        calls: 31,
        facts: [{ name: fact.name, state: fact.state, value: fact.value, measure: fact.measure }],
      },
    },
  },
  tokens: {
    list: { summary: "List service tokens", answer: { tokens: [token] } },
    create: {
      summary: "Create a service token; its text is told once",
      body: { name: token.name, role: token.role, targets: token.targets, expiresInDays: 90 },
      answer: { token, text: "wsc_(36 random characters and a checksum of 6)" },
    },
    revoke: {
      summary: "Revoke a service token at once",
      body: {},
      answer: { token: { ...token, state: "revoked", revokedAt: instants.asOf } },
    },
  },
  demo: {
    scan: {
      summary: "Scan the demo site, with or without its login",
      body: { signedIn: true, consent: { textVersion: "1", accepted: true } },
      answer: { submission: { ...submission, startUrl: "http://127.0.0.1:3100/" } },
    },
    patch: {
      summary: "Repair three vulnerabilities of the demo site",
      body: {},
      answer: { patched: [{ item: "XSS", method: "GET", path: "/search", parameter: "q" }] },
    },
    reset: { summary: "Restore all vulnerabilities of the demo site", body: {}, answer: { restored: true } },
  },
  openApi: { get: { summary: "This document", answer: { openapi: "3.1.0" } } },
  events: { watch: { summary: "Follow what changes, as server-sent events", answer: event } },
};
