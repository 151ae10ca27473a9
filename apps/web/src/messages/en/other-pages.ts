import { audit } from "./audit.ts";
import { compare } from "./compare.ts";
import { create } from "./create.ts";
import { jobList } from "./job-list.ts";
import { overview } from "./overview.ts";
import { report } from "./report.ts";
import { review } from "./review.ts";
import { schedules } from "./schedules.ts";
import { settings } from "./settings.ts";
import { signIn } from "./sign-in.ts";
import { target } from "./target.ts";
import { targets } from "./targets.ts";

/** What the other pages say: fetched with the first of them. */
export const otherPages = {
  audit,
  compare,
  create,
  jobList,
  overview,
  report,
  review,
  schedules,
  settings,
  signIn,
  target,
  targets,
};
export type OtherPageMessages = typeof otherPages;
