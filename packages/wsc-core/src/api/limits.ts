/** Bounds of what a person may enter. The vendor names none; these keep a request within what gateways take. */
export const limits = {
  urlLength: 2000,
  excludeUrls: 200,
  items: 100,
  itemLength: 100,
  memoLength: 500,
  headers: 30,
  headerValueLength: 8000,
  signInNameLength: 100,
  signInValueLength: 1000,
  signInExtra: 30,
  cancelMany: 50,
  tokenNameLength: 80,
  tokenTargets: 50,
  hostPatternLength: 260,
  verdictReasonLength: 1_000,
  verdictNoteLength: 4_000,
  verdictOwnerLength: 100,
  /** Entries of the history of one finding. */
  verdictEvents: 1_000,
  verdictsAtOnce: 200,
  /** A risk is accepted for no longer. */
  acceptanceDays: 1_096,
  fingerprintLength: 20_000,
  channelNameLength: 80,
  channelTargets: 50,
  /** A service token lives no longer. */
  tokenDays: 366,
} as const;
