import * as z from "zod/mini";
import { type UpstreamOperation, upstreamOperations } from "../operations.ts";

/** Calls of one probe, with those that may alert the owner. */
export const maxCalls = 40;

const operations = Object.keys(upstreamOperations) as [UpstreamOperation, ...UpstreamOperation[]];
const stepName = z.string().check(z.regex(/^[a-z0-9-]{1,40}$/));

const callSchema = z.strictObject({
  /** Why the call was made; one of the steps of the probe. */
  step: stepName,
  operation: z.enum(operations),
  method: z.string(),
  pathAndQuery: z.string(),
  body: z.nullable(z.string()),
  /** Rows per page that were asked for; `null` when nothing was said. */
  limit: z.nullable(z.int()),
  page: z.nullable(z.int()),
  statusCode: z.nullable(z.int()),
  /** The job that the call is about, as the other calls name it. */
  about: z.nullable(z.string()),
  durationMs: z.int(),
  answer: z.nullable(
    z.strictObject({
      httpStatus: z.int(),
      date: z.nullable(z.string()),
      contentType: z.nullable(z.string()),
      traceId: z.nullable(z.string()),
      body: z.string(),
    }),
  ),
  /** Why there was no answer. */
  failure: z.nullable(z.enum(["unreachable", "timeout", "interrupted", "unreadable"])),
});

/** A file that tells how the gateway of one account answers, without anything private. */
export const recordingSchema = z.strictObject({
  format: z.literal("wsc-gateway-recording"),
  /** Of this schema. */
  version: z.literal(1),
  /** Of the dashboard that made it. */
  product: z.string(),
  environment: z.enum(["public", "financial", "government", "custom"]),
  recordedAt: z.iso.datetime(),
  /** IANA zone in which dates without one are read. */
  timeZone: z.string(),
  calls: z.array(callSchema).check(z.maxLength(maxCalls)),
});
export type Recording = z.output<typeof recordingSchema>;
export type RecordedCall = Recording["calls"][number];

/** Reads a recorded file. Throws RangeError with a sentence when it is none. */
export function readRecording(text: string): Recording {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RangeError("the recording is not JSON");
  }
  const read = recordingSchema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new RangeError(`the recording is not of version 1: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`);
}
