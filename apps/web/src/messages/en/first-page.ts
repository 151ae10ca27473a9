import { errors } from "./errors.ts";
import { formatWords } from "./formats.ts";
import { jobs } from "./jobs.ts";
import { shell } from "./shell.ts";
import { submissions } from "./submissions.ts";

/** What the job list and what stays on every page say. */
export const firstPage = {
  errors,
  formatWords,
  jobs,
  shell,
  submissions,
};
export type FirstPageMessages = typeof firstPage;
