/** Languages in which a report is written for people. */
export const reportLanguages = ["en", "ko", "ja"] as const;
export type ReportLanguage = (typeof reportLanguages)[number];
