import { audit } from "./en/audit.ts";
import { compare } from "./en/compare.ts";
import { create } from "./en/create.ts";
import { errors } from "./en/errors.ts";
import { formatWords } from "./en/formats.ts";
import { jobs } from "./en/jobs.ts";
import { report } from "./en/report.ts";
import { review } from "./en/review.ts";
import { schedules } from "./en/schedules.ts";
import { settings } from "./en/settings.ts";
import { shell } from "./en/shell.ts";
import { signIn } from "./en/sign-in.ts";
import { submissions } from "./en/submissions.ts";
import { target } from "./en/target.ts";
import { targets } from "./en/targets.ts";

/** The English catalogue gives the shape; the others have to match it to compile. */
export const en = {
  audit,
  compare,
  create,
  errors,
  formatWords,
  jobs,
  report,
  review,
  schedules,
  settings,
  shell,
  signIn,
  submissions,
  target,
  targets,
};
export type Messages = typeof en;
