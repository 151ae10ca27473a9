import type { OperationTexts } from "./operation-text.ts";
import {
  budget,
  counts,
  draft,
  instants,
  job,
  page,
  reading,
  schedule,
  scheduleRequest,
  submission,
} from "./samples.ts";

const next = schedule.next;
const capacity = { limit: 20, zone: "Asia/Seoul", days: [{ day: "2026-12-01", planned: 1 }] };
const kept = { draft, savedAt: instants.created, expiresAt: instants.closes };

const description = {
  tags: ["pci", "shop"],
  owner: "kim",
  service: "Online shop",
  note: "Scan at night only.",
};
const details = { ...description, version: 1, updatedAt: instants.created, updatedBy: "kim" };

const target = {
  host: "staging.example.com",
  details,
  lastJob: {
    instanceNo: job.instanceNo,
    status: { text: "Complete", phase: "completed" as const },
    startedAt: instants.started,
    endedAt: instants.ended,
  },
  latest: { ...counts, open: counts, instanceNo: job.instanceNo, endedAt: instants.ended, expiresAt: instants.closes },
  latestState: "read" as const,
  change: null,
  notComparable: null,
  month: { new: 0, fixed: 0 },
  next: null,
  rescan: { of: job.instanceNo, daysLeft: 60, left: 3 },
  trend: [],
  signs: ["open" as const, "high" as const],
};

export const orderOperations: OperationTexts<
  "plans" | "schedules" | "submissions" | "targets" | "drafts" | "overview"
> = {
  schedules: {
    list: { summary: "List schedules", answer: { schedules: [schedule], ...page } },
    preview: {
      summary: "Show the next runs of a rule",
      body: { rule: scheduleRequest.rule, blackout: [] },
      answer: { next: next.map((run) => ({ ...run, planned: 3 })), dayLimit: 20 },
    },
    get: { summary: "Read a schedule", answer: { schedule } },
    create: { summary: "Create a schedule", body: scheduleRequest, answer: { schedule } },
    update: { summary: "Change a schedule", body: scheduleRequest, answer: { schedule } },
    pause: { summary: "Pause a schedule", body: {}, answer: { schedule } },
    resume: { summary: "Resume a schedule", body: {}, answer: { schedule } },
    remove: { summary: "Delete a schedule", body: {}, answer: { removed: true } },
  },
  plans: {
    calendar: {
      summary: "Show the scans to come in a month, and the shared budget on its days",
      answer: {
        month: "2026-12",
        scans: [
          {
            ...{ kind: "schedule", id: schedule.id, host: "staging.example.com" },
            dueAt: ["2026-11-30T17:00:00.000Z"],
          },
        ],
        capacity,
      },
    },
    preview: {
      summary: "Spread scans of several targets over days of the month, within the budgets",
      body: {
        ...{ hosts: ["staging.example.com"], repeat: "month", firstDay: 1, lastDay: 7 },
        ...{ from: "02:00", minutesApart: 30, zone: "Asia/Seoul" },
      },
      answer: {
        rows: [
          {
            ...{ host: "staging.example.com", startUrl: "https://staging.example.com/", hasSchedule: false },
            run: { day: 1, localTime: "2026-12-01T02:00", dueAt: ["2026-11-30T17:00:00.000Z"] },
          },
        ],
        months: [{ month: "2026-12", added: 1, planned: 0, limit: 620 }],
        capacity,
        minutesApart: 30,
      },
    },
  },
  submissions: {
    list: {
      summary: "List requested jobs that are on their way",
      answer: { submissions: [submission], ...page, budget, resendBlockedBy: null },
    },
    get: { summary: "Read a submission", answer: { submission } },
    settings: {
      summary: "Read the settings of a submission, for another one like it",
      answer: { settings: draft, source: "submission" },
    },
    cancel: { summary: "Cancel a submission that was not sent", body: {}, answer: { submission } },
    resolve: {
      summary: "Decide about a submission whose outcome is unknown",
      body: { choice: "exists", instanceNo: "7000042" },
      answer: { submission: { ...submission, state: "BOUND", instanceNo: "7000042" } },
    },
    allowResend: { summary: "Allow sending again after it was blocked", body: {}, answer: { resendBlockedBy: null } },
  },
  targets: {
    list: {
      summary: "List targets with their latest findings",
      answer: { targets: [target], reading, asOf: instants.asOf },
    },
    get: {
      summary: "Read a target with its jobs and schedules",
      answer: { target, jobs: [], jobCount: 1, schedules: [], reading, asOf: instants.asOf },
    },
    export: { summary: "Save what was said about targets as CSV" },
    import: {
      summary: "Describe the targets of a CSV file, or say what would come of it",
      body: { csv: "host,owner,tags\r\nstaging.example.com,kim,shop", dryRun: true },
      answer: {
        rows: [{ line: 2, host: "staging.example.com", outcome: "changed", columns: [] }],
        ignored: [],
      },
    },
    describe: {
      summary: "Say whose a target is: tags, owner, service and a note",
      body: { ...description, version: 0 },
      answer: { details },
    },
    removeDetails: { summary: "Remove what was said about a target", body: {}, answer: { removed: true } },
    check: {
      summary: "Fetch a target, or test a login",
      body: { startUrl: "https://staging.example.com/" },
      answer: {
        ...{ finalUrl: "https://staging.example.com/", status: 200, cookieNames: ["sid"], excerpt: "Welcome" },
        signedIn: null,
      },
    },
    findLogin: {
      summary: "Find the fields of a login form",
      body: { pageUrl: "https://staging.example.com/login" },
      answer: {
        finalUrl: "https://staging.example.com/login",
        status: 200,
        form: {
          actionUrl: "https://staging.example.com/session",
          idParam: "user",
          passwordParam: "password",
          others: [],
        },
        excerpt: "Log in",
      },
    },
    ownership: {
      summary: "Check the ownership file of a target",
      body: { startUrl: "https://staging.example.com/" },
      answer: {
        fileName: "wsc-0123456789abcdef.txt",
        content: "0123456789abcdef",
        urls: ["https://staging.example.com/wsc-0123456789abcdef.txt"],
        verified: true,
        tried: [{ url: "https://staging.example.com/wsc-0123456789abcdef.txt", found: "match", status: 200 }],
      },
    },
  },
  overview: {
    monthly: {
      summary: "Figures of one month, for a report",
      answer: {
        month: "2026-11",
        isOver: false,
        open: { high: 1, medium: 0, low: 0, targets: 1, uncounted: 0 },
        before: { high: 0, medium: 0, low: 0, targets: 0, uncounted: 0 },
        compared: 0,
        new: { total: 0, high: 0, medium: 0, low: 0, unrated: 0 },
        fixed: { total: 0, high: 0, medium: 0, low: 0, unrated: 0 },
        accepted: 0,
        targets: { known: 1, scanned: 1 },
        unscanned: [],
        jobs: { finished: 1, failed: 0, limit: 600 },
        months: ["2026-11"],
        reading,
        zone: "Asia/Seoul",
        asOf: instants.asOf,
      },
    },
    get: {
      summary: "Figures of all targets",
      answer: {
        open: { high: 1, medium: 0, low: 0, targets: 1, uncounted: 0, unread: 0 },
        course: [],
        month: {
          month: "2026-11",
          jobs: 1,
          compared: 0,
          new: { total: 0, high: 0, medium: 0, low: 0, unrated: 0 },
          fixed: { total: 0, high: 0, medium: 0, low: 0, unrated: 0 },
        },
        worst: [target],
        targets: 1,
        attention: [],
        running: { total: 0, jobs: [] },
        upcoming: { total: 0, scans: [] },
        budget,
        reading,
        zone: "Asia/Seoul",
        asOf: instants.asOf,
      },
    },
  },
  drafts: {
    get: { summary: "Read the kept draft", answer: { kept } },
    save: { summary: "Keep a draft", body: { draft }, answer: { kept } },
    remove: { summary: "Delete the kept draft", body: {}, answer: { removed: true } },
  },
};
