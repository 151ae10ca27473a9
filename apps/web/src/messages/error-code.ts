import type { ErrorCode } from "@wsc-dashboard/wsc-core";

/** Every code a person can meet: the catalogue's, and the browser's own errors. */
export type UiErrorCode = ErrorCode | "DASHBOARD_UNREACHABLE";

/** `title`: what happened. `next`: what it means and what to do. The code itself stands in the details. */
export interface ErrorText {
  readonly title: string;
  readonly next: string;
}
export type ErrorTexts = Readonly<Record<UiErrorCode, ErrorText>>;

/** What the first page has to be able to say by itself: with these nothing more can be fetched. */
export type OutageTexts = Pick<ErrorTexts, "DASHBOARD_UNREACHABLE" | "INTERNAL_ERROR" | "SESSION_REQUIRED">;
/** All others, fetched with the first of them that is met. */
export type RefusalTexts = Omit<ErrorTexts, keyof OutageTexts>;
