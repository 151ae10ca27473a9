import * as z from "zod/mini";

/** Ids of the vendor and of ours: 1 to 20 digits, kept as text because they exceed the exact range of a JavaScript number. */
export const instanceNoSchema = z.string().check(z.regex(/^[1-9][0-9]{0,19}$/));

/** An instant: RFC 3339 in UTC. */
export const instantSchema = z.iso.datetime();
