import type { Messages } from "./en.ts";
import { audit } from "./ko/audit.ts";
import { compare } from "./ko/compare.ts";
import { create } from "./ko/create.ts";
import { errors } from "./ko/errors.ts";
import { formatWords } from "./ko/formats.ts";
import { jobs } from "./ko/jobs.ts";
import { report } from "./ko/report.ts";
import { review } from "./ko/review.ts";
import { schedules } from "./ko/schedules.ts";
import { settings } from "./ko/settings.ts";
import { shell } from "./ko/shell.ts";
import { signIn } from "./ko/sign-in.ts";
import { submissions } from "./ko/submissions.ts";
import { target } from "./ko/target.ts";
import { targets } from "./ko/targets.ts";

export const ko: Messages = {
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
