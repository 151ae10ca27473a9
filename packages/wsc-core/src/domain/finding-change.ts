/** Change of a finding since an earlier run, as far as a report can show it. */
export const findingChanges = ["new", "remaining"] as const;
export type FindingChange = (typeof findingChanges)[number];
