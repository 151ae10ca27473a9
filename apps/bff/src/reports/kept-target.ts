import { targetHostOf } from "@wsc-dashboard/wsc-core";

const longestTarget = 300;

/** PostgreSQL keeps no NUL, and no UTF-8 half a character. */
export const storable = (text: string): string => text.toWellFormed().replaceAll("\0", "\ufffd");

/** The target of a job as it is kept: its host, or what the vendor gave in the place of a URL. */
export const targetOf = (startUrl: string): string => storable(targetHostOf(startUrl)).slice(0, longestTarget) || "?";
