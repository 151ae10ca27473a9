import type { FirstPageMessages } from "../en/first-page.ts";
import { errors } from "./errors.ts";
import { formatWords } from "./formats.ts";
import { jobs } from "./jobs.ts";
import { shell } from "./shell.ts";
import { submissions } from "./submissions.ts";

export const firstPage: FirstPageMessages = {
  errors,
  formatWords,
  jobs,
  shell,
  submissions,
};
