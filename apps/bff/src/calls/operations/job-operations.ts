import type { OperationTexts } from "./operation-text.ts";
import { counts, draft, instants, job, jobRequest, page, reading, submission } from "./samples.ts";

const tabs = { active: 0, attention: 0, mine: 1 };

export const jobOperations: OperationTexts<"jobs" | "jobRecords"> = {
  jobs: {
    list: {
      summary: "List and search jobs",
      answer: { jobs: [job], total: 1, page: 1, pageCount: 1, limit: 50, asOf: instants.asOf },
    },
    get: { summary: "Read a job", answer: { job, asOf: instants.asOf } },
    settings: {
      summary: "Read the settings of a job, for another one like it",
      answer: { settings: draft, source: "submission" },
    },
    create: {
      summary: "Request a job, now or at a time; charged by the vendor",
      body: jobRequest,
      answer: { submission },
    },
    preview: {
      summary: "Show the call that would be sent",
      body: jobRequest,
      answer: {
        method: "POST",
        origin: "https://wsc.apigw.example",
        path: "/api/v1/jobs",
        body: '{"StartUrl":"https://staging.example.com/"}',
        hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      },
    },
    cancel: { summary: "Cancel a waiting job", body: {}, answer: { job } },
    stop: { summary: "Stop a running job", body: {}, answer: { job } },
    cancelMany: {
      summary: "Cancel several waiting jobs",
      body: { instanceNos: ["7000042"] },
      answer: { results: [{ instanceNo: "7000042", code: "JOB_STATE_CONFLICT" }] },
    },
  },
  jobRecords: {
    list: {
      summary: "List the jobs that the dashboard keeps, by tab, period and order",
      answer: { records: [{ job, counts, signs: [] }], ...page, tabs, reading, asOf: instants.asOf },
    },
    counts: {
      summary: "Read what the reports of some jobs count",
      answer: { counts: [{ ...counts, instanceNo: job.instanceNo }], tabs, reading },
    },
    export: { summary: "Save the jobs of a filter as CSV" },
  },
};
