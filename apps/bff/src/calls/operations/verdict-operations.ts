import type { OperationTexts } from "./operation-text.ts";
import { instants, job, page } from "./samples.ts";

const fingerprint = "SQL%20Injection|GET|https%3A%2F%2Fstaging.example.com%2Fsearch|q";
const decision = { verdict: "risk-accepted" as const, reason: "Behind the VPN only.", until: "2027-03-31" };

const verdict = {
  id: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  host: "staging.example.com",
  fingerprint,
  state: "risk-accepted" as const,
  cause: null,
  ...decision,
  owner: null,
  due: null,
  endsAt: "2027-03-31T15:00:00.000Z",
  issueUrl: null,
  decidedAt: instants.asOf,
  decidedBy: "kim",
  seen: { instanceNo: job.instanceNo, startedAt: instants.started },
  absent: null,
  severity: "high" as const,
  notes: 0,
  updatedAt: instants.asOf,
  version: 1,
};
const template = "https://issues.example.com/new?title={title}&description={body}";
const counts = { open: 0, "in-work": 0, "false-positive": 0, "risk-accepted": 1, fixed: 0 };

export const verdictOperations: OperationTexts<"verdicts" | "issueTemplate"> = {
  issueTemplate: {
    get: { summary: "Read the address template of issues", answer: { template } },
    save: { summary: "Set the address template of issues", body: { template }, answer: { template } },
  },
  verdicts: {
    list: {
      summary: "List what was decided about findings of a target",
      answer: { verdicts: [verdict], counts, ...page },
    },
    ofReport: {
      summary: "Read what was decided about the findings of a report",
      answer: {
        host: "staging.example.com",
        verdicts: [{ ...verdict, identity: fingerprint.replace("SQL%20Injection", "sqlinjection") }],
        today: "2026-11-30",
      },
    },
    get: {
      summary: "Read a verdict with its history",
      answer: {
        verdict,
        history: [{ seq: 1, at: instants.asOf, kind: "decided", by: "kim", ...decision }],
        next: null,
      },
    },
    change: {
      summary: "Decide, write a note or keep a link for findings",
      body: {
        host: "staging.example.com",
        instanceNo: job.instanceNo,
        findings: [{ fingerprint, version: 0 }],
        change: { kind: "decide", decision },
      },
      answer: { results: [{ fingerprint, verdict }] },
    },
    update: {
      summary: "Change a verdict that is kept",
      body: { version: 1, change: { kind: "note", text: "Asked the owner." } },
      answer: { verdict: { ...verdict, notes: 1 } },
    },
  },
};
