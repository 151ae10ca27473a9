import { isErrorCode } from "@wsc-dashboard/wsc-core";

/** Codes that concern every page, worst first: a rejected key, an unreachable upstream, rate limits. */
const productWide = [
  "200",
  "210",
  "169201",
  "169202",
  "DASHBOARD_UNREACHABLE",
  "STORE_UNAVAILABLE",
  "UPSTREAM_UNREACHABLE",
  "300",
  "500",
  "510",
  "900",
  "901",
  "UPSTREAM_TIMEOUT",
  "UPSTREAM_INTERRUPTED",
  "UPSTREAM_UNREADABLE",
  "UPSTREAM_CODE_UNKNOWN",
  "100",
  "400",
  "SERVER_BUSY",
  "410",
  "420",
];

/** The one condition to show; `null` when no code concerns the whole product. An unknown code ranks last. */
export function worstCondition(codes: readonly string[]): string | null {
  return productWide.find((code) => codes.includes(code)) ?? codes.find((code) => !isErrorCode(code)) ?? null;
}
