import { formatWords } from "./formats.ts";
import { jobs } from "./jobs.ts";
import { outages } from "./outages.ts";
import { shell } from "./shell.ts";
import { submissions } from "./submissions.ts";

/** What the job list and what stays on every page say. */
export const firstPage = {
  formatWords,
  jobs,
  outages,
  shell,
  submissions,
};
export type FirstPageMessages = typeof firstPage;
