import { targetHostOf } from "@wsc-dashboard/wsc-core";

const longestTarget = 300;

/** Replaces NUL, which PostgreSQL rejects, and lone surrogates, which UTF-8 cannot encode. */
export const storable = (text: string): string => text.toWellFormed().replaceAll("\0", "\ufffd");

/** The target of a job as stored: its host, or what the vendor sent in place of a URL. */
export const targetOf = (startUrl: string): string => storable(targetHostOf(startUrl)).slice(0, longestTarget) || "?";
