import type {} from "@tanstack/react-router";
import { isTimeZone } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";
import type { JobFieldPrefill } from "./job-field-values.ts";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** What was typed for a job, passed to the schedule form. Never a secret: the browser may write it to disk. */
    readonly jobFields?: JobFieldPrefill;
  }
}

const text = z.catch(z.string(), "");
const prefillSchema = z.object({
  startUrl: text,
  excludeUrls: z.catch(z.array(z.string()), []),
  items: z.catch(z.array(z.string()).check(z.minLength(1)), ["ALL"]),
  userAgent: z.optional(z.string()),
  speed: z.optional(z.string()),
  memo: text,
  hosting: z.catch(z.optional(z.enum(["ncloud", "managed"])), undefined),
  localTime: z.catch(z.optional(z.string().check(z.regex(/^\d{2}:\d{2}$/))), undefined),
  zone: z.catch(z.optional(z.string().check(z.refine(isTimeZone))), undefined),
});

/** The values passed with a navigation; empty when they are invalid. */
export function readJobFieldState(state: unknown): JobFieldPrefill {
  const read = prefillSchema.safeParse(state);
  if (!read.success) return {};
  const { startUrl, excludeUrls, items, memo, ...others } = read.data;
  const said = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined && value !== ""));
  return { startUrl, excludeUrls, items, memo, ...said };
}
