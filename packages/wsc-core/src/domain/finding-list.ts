import * as z from "zod/mini";
import { findingSchema } from "./finding.ts";

/** The findings of a report: thousands, so the build of the browser's code compiles this schema. */
export const findingListSchema = z.array(findingSchema);
