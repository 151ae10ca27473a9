import { audit } from "./en/audit.ts";
import { create } from "./en/create.ts";
import { errors } from "./en/errors.ts";
import { formatWords } from "./en/formats.ts";
import { jobs } from "./en/jobs.ts";
import { report } from "./en/report.ts";
import { schedules } from "./en/schedules.ts";
import { settings } from "./en/settings.ts";
import { shell } from "./en/shell.ts";
import { submissions } from "./en/submissions.ts";

/** The English catalogue gives the shape; the others have to match it to compile. */
export const en = { audit, create, errors, formatWords, jobs, report, schedules, settings, shell, submissions };
export type Messages = typeof en;
