import * as z from "zod/mini";
import { endpoint, roles } from "./endpoint.ts";

/** Server data that screens cache and would otherwise have to poll. */
export const changingNouns = ["jobs", "submissions", "schedules", "verdicts"] as const;
export type ChangingNoun = (typeof changingNouns)[number];

const changeSchema = z.object({
  noun: z.enum(changingNouns),
  /** Ids of the changed records; lists of them change too. `null`: any of them may have changed. */
  ids: z.nullable(z.array(z.string())),
});
export type Change = z.output<typeof changeSchema>;

export const changeEventSchema = z.object({
  /** Position of the event; a stream started after it sends the later changes. */
  id: z.string(),
  changes: z.array(changeSchema),
});
export type ChangeEvent = z.output<typeof changeEventSchema>;

/** Maximum number of ids in one event; with more, `ids` is null and everything is refetched. */
export const maxChangedIds = 50;

export const eventEndpoints = {
  /**
   * Streams changes as they happen, by any person and replica; never the current state. The first event holds the changes missed
   * since `after` (or the header Last-Event-ID), none without it. The stream ends within a minute, so that the person's access is
   * checked again on reconnecting. OWN_CALLS_EXHAUSTED at the limit per person, SERVER_BUSY at the total limit.
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
