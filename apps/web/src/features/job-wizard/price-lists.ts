import type { Session } from "@wsc-dashboard/wsc-core";

/**
 * The vendor's product page with the price list of each cloud (docs/upstream-api.md section 13.1); none for a custom upstream.
 */
export const priceLists: Readonly<Record<Session["upstream"]["environment"], string | null>> = {
  public: "https://www.ncloud.com/product/security/webSecurityChecker",
  financial: "https://www.fin-ncloud.com/product/security/webSecurityChecker",
  government: "https://www.gov-ncloud.com/product/security/webSecurityChecker",
  custom: null,
};
