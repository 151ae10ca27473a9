import * as z from "zod/mini";

/** The vendor's and our own ids: 1 to 20 digits, held as text because they exceed what a JavaScript number keeps exactly. */
export const instanceNoSchema = z.string().check(z.regex(/^[1-9][0-9]{0,19}$/));

/** An instant: RFC 3339 in UTC. */
export const instantSchema = z.iso.datetime();
