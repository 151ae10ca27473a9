/** For a test that makes hundreds of trials one after the other: guards against hanging only, however slow the machine. */
export const trialsLimitMs = 60 * 60_000;
