/** A weakness planted in the demo site on purpose. */
export interface DemoSiteWeakness {
  /** Id by which it is repaired and planted again. */
  readonly id: string;
  readonly item: "XSS" | "SSI Injection" | "SQL Injection" | "LFI";
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly parameter: string;
  /** Who can reach the page: everyone, or only a signed-in member. */
  readonly reach: "everyone" | "members";
  /** Whether it is present at the start; others appear when planted. */
  readonly fromStart: boolean;
}

const onTheShop = { reach: "everyone", fromStart: true } as const;

const planted = [
  { id: "search", item: "XSS", method: "GET", path: "/search", parameter: "q", ...onTheShop },
  { id: "product", item: "XSS", method: "GET", path: "/product", parameter: "ref", ...onTheShop },
  { id: "offers", item: "XSS", method: "GET", path: "/offers", parameter: "campaign", ...onTheShop },
  { id: "news-text", item: "XSS", method: "GET", path: "/news.shtml", parameter: "id", ...onTheShop },
  { id: "newsletter", item: "XSS", method: "POST", path: "/newsletter", parameter: "name", ...onTheShop },
  { id: "news-include", item: "SSI Injection", method: "GET", path: "/news.shtml", parameter: "id", ...onTheShop },
  {
    id: "help-include",
    item: "SSI Injection",
    method: "GET",
    path: "/help/page.shtml",
    parameter: "inc",
    ...onTheShop,
  },
  { id: "track", item: "SQL Injection", method: "GET", path: "/track", parameter: "number", ...onTheShop },
  { id: "voucher", item: "SQL Injection", method: "POST", path: "/voucher", parameter: "code", ...onTheShop },
  { id: "manual", item: "LFI", method: "GET", path: "/manual", parameter: "doc", ...onTheShop },
  {
    id: "account-orders",
    item: "SQL Injection",
    method: "GET",
    path: "/account/orders",
    parameter: "year",
    reach: "members",
    fromStart: true,
  },
  {
    id: "gift",
    item: "XSS",
    method: "GET",
    path: "/gift",
    parameter: "message",
    reach: "everyone",
    fromStart: false,
  },
] as const satisfies readonly DemoSiteWeakness[];

export type WeaknessId = (typeof planted)[number]["id"];

/** Every weakness the demo site can have. */
export const allDemoSiteWeaknesses: readonly (DemoSiteWeakness & { readonly id: WeaknessId })[] = planted;

/** Exactly what a scan of the whole demo site finds at its start without a sign-in. */
export const demoSiteWeaknesses: readonly DemoSiteWeakness[] = allDemoSiteWeaknesses.filter(
  ({ reach, fromStart }) => reach === "everyone" && fromStart,
);
