import type { Messages } from "./en.ts";
import { create } from "./ko/create.ts";
import { errors } from "./ko/errors.ts";
import { formatWords } from "./ko/formats.ts";
import { jobs } from "./ko/jobs.ts";
import { report } from "./ko/report.ts";
import { review } from "./ko/review.ts";
import { schedules } from "./ko/schedules.ts";
import { shell } from "./ko/shell.ts";
import { signIn } from "./ko/sign-in.ts";
import { submissions } from "./ko/submissions.ts";
import { target } from "./ko/target.ts";

export const ko: Messages = {
  create,
  errors,
  formatWords,
  jobs,
  report,
  review,
  schedules,
  shell,
  signIn,
  submissions,
  target,
};
