/**
 * The ending of a noun after a whole number. `Intl.PluralRules` knows the same two forms, but takes tens of milliseconds of the
 * first page of a slow phone.
 */
export const s = (n: number): string => (n === 1 ? "" : "s");
