import * as z from "zod/mini";
import { endpoint, roles } from "./endpoint.ts";

/** What the screens keep of this server and would otherwise have to ask for again and again. */
export const changingNouns = ["jobs", "submissions", "schedules"] as const;
export type ChangingNoun = (typeof changingNouns)[number];

export const eventEndpoints = {
  /**
   * Which nouns have changed, told as it happens, by whoever's hand and in whichever replica; never what has changed. The first
   * event names none. Ends before a minute is over, so that whoever asks again is looked at again.
   */
  watch: endpoint({
    method: "GET",
    path: "/api/events",
    roles,
    response: z.object({ nouns: z.array(z.enum(changingNouns)) }),
    answer: "events",
    status: 200,
  }),
} as const;
