import type { FirstPageMessages } from "../en/first-page.ts";
import { formatWords } from "./formats.ts";
import { jobs } from "./jobs.ts";
import { outages } from "./outages.ts";
import { shell } from "./shell.ts";
import { submissions } from "./submissions.ts";

export const firstPage: FirstPageMessages = {
  formatWords,
  jobs,
  outages,
  shell,
  submissions,
};
