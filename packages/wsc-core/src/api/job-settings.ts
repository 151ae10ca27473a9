import * as z from "zod/mini";
import { draftSchema } from "./drafts.ts";

/**
 * Source of a job's settings. "submission": this dashboard, which sent the job. "report": the vendor's report, without speed and
 * hosting. "list": the vendor's list, with start URL and memo only.
 */
export const settingsSources = ["submission", "report", "list"] as const;
export type SettingsSource = (typeof settingsSources)[number];

/**
 * What a job was ordered with, for another one like it. A setting that is absent is not known. There is no field that could
 * hold a sign-in value.
 */
export const jobSettingsSchema = z.object({ settings: draftSchema, source: z.enum(settingsSources) });
export type JobSettings = z.output<typeof jobSettingsSchema>;
