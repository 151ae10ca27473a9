import type { Messages } from "./en.ts";
import { audit } from "./ja/audit.ts";
import { compare } from "./ja/compare.ts";
import { create } from "./ja/create.ts";
import { errors } from "./ja/errors.ts";
import { formatWords } from "./ja/formats.ts";
import { jobs } from "./ja/jobs.ts";
import { report } from "./ja/report.ts";
import { review } from "./ja/review.ts";
import { schedules } from "./ja/schedules.ts";
import { settings } from "./ja/settings.ts";
import { shell } from "./ja/shell.ts";
import { signIn } from "./ja/sign-in.ts";
import { submissions } from "./ja/submissions.ts";
import { target } from "./ja/target.ts";
import { targets } from "./ja/targets.ts";

export const ja: Messages = {
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
