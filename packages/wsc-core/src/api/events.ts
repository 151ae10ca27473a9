import * as z from "zod/mini";
import { endpoint, roles } from "./endpoint.ts";

/** What the screens keep of this server and would otherwise have to ask for again and again. */
export const changingNouns = ["jobs", "submissions", "schedules", "verdicts"] as const;
export type ChangingNoun = (typeof changingNouns)[number];

const changeSchema = z.object({
  noun: z.enum(changingNouns),
  /** Which ones, beside every list of them; `null` when it may be any. */
  ids: z.nullable(z.array(z.string())),
});
export type Change = z.output<typeof changeSchema>;

export const changeEventSchema = z.object({
  /** How far the follower has been told; a stream that starts after it tells what came later. */
  id: z.string(),
  changes: z.array(changeSchema),
});
export type ChangeEvent = z.output<typeof changeEventSchema>;

/** Ids in one event; of more than that every one is asked for again. */
export const maxChangedIds = 50;

export const eventEndpoints = {
  /**
   * Changes as they happen, by any person and replica; never the current state. The first event tells
   * what was missed since `after` (or the header Last-Event-ID), nothing without it. Ends before a minute is over, so that the person
   * asks again is looked at again. OWN_CALLS_EXHAUSTED at the limit per person, SERVER_BUSY at the total limit.
   */
  watch: endpoint({
    method: "GET",
    path: "/api/events",
    roles,
    query: z.strictObject({ after: z.optional(z.string().check(z.regex(/^[0-9]{1,15}$/))) }),
    response: changeEventSchema,
    answer: "events",
    tokenScope: "people",
    status: 200,
  }),
} as const;
