/** A weakness planted in the demo site on purpose. */
export interface DemoSiteWeakness {
  /** By which it is repaired and planted again. */
  readonly id: string;
  readonly item: "XSS" | "SSI Injection" | "SQL Injection" | "LFI";
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly parameter: string;
  /** Whom the page lets in: everyone, or only a member who has signed in. */
  readonly reach: "everyone" | "members";
  /** Whether it is there from the start; others appear when they are planted. */
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

/** Everything a scan of the whole demo site finds as it starts, without a sign-in, and nothing else. */
export const demoSiteWeaknesses: readonly DemoSiteWeakness[] = allDemoSiteWeaknesses.filter(
  ({ reach, fromStart }) => reach === "everyone" && fromStart,
);
