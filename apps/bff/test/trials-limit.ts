/** For a test with hundreds of sequential trials: guards only against hanging, however slow the machine. */
export const trialsLimitMs = 60 * 60_000;
