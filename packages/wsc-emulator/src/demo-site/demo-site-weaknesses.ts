/** A weakness planted in the demo site on purpose. */
export interface DemoSiteWeakness {
  item: "XSS" | "SSI Injection";
  method: "GET" | "POST";
  path: string;
  parameter: string;
}

/** Everything a scan of the whole demo site finds, and nothing else. */
export const demoSiteWeaknesses: readonly DemoSiteWeakness[] = [
  { item: "XSS", method: "GET", path: "/search", parameter: "q" },
  { item: "XSS", method: "GET", path: "/product", parameter: "ref" },
  { item: "XSS", method: "GET", path: "/offers", parameter: "campaign" },
  { item: "XSS", method: "GET", path: "/news.shtml", parameter: "id" },
  { item: "XSS", method: "POST", path: "/newsletter", parameter: "name" },
  { item: "SSI Injection", method: "GET", path: "/news.shtml", parameter: "id" },
  { item: "SSI Injection", method: "GET", path: "/help/page.shtml", parameter: "inc" },
];
