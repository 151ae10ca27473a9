import * as z from "zod/mini";
import { type UpstreamOperation, upstreamOperations } from "../operations.ts";

/** Limit of calls per probe, including those that may alert the owner. */
export const maxCalls = 40;

const operations = Object.keys(upstreamOperations) as [UpstreamOperation, ...UpstreamOperation[]];
const stepName = z.string().check(z.regex(/^[a-z0-9-]{1,40}$/));

const callSchema = z.strictObject({
  /** Step of the probe that made the call. */
  step: stepName,
  operation: z.enum(operations),
  method: z.string(),
  pathAndQuery: z.string(),
  body: z.nullable(z.string()),
  /** Requested rows per page; `null` if not sent. */
  limit: z.nullable(z.int()),
  page: z.nullable(z.int()),
  statusCode: z.nullable(z.int()),
  /** The job that the call concerns, with the id that the other calls use. */
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
  /** Why there is no response. */
  failure: z.nullable(z.enum(["unreachable", "timeout", "interrupted", "unreadable"])),
});

/** A file that shows how the gateway of one account responds, without private data. */
export const recordingSchema = z.strictObject({
  format: z.literal("wsc-gateway-recording"),
  /** Version of this schema. */
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
