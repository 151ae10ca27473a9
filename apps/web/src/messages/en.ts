import { create } from "./en/create.ts";
import { errors } from "./en/errors.ts";
import { formatWords } from "./en/formats.ts";
import { jobs } from "./en/jobs.ts";
import { report } from "./en/report.ts";
import { review } from "./en/review.ts";
import { schedules } from "./en/schedules.ts";
import { shell } from "./en/shell.ts";
import { signIn } from "./en/sign-in.ts";
import { submissions } from "./en/submissions.ts";
import { target } from "./en/target.ts";

/** The English catalogue gives the shape; the others have to match it to compile. */
export const en = { create, errors, formatWords, jobs, report, review, schedules, shell, signIn, submissions, target };
export type Messages = typeof en;
