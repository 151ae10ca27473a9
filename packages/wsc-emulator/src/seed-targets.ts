/*
 * The invented account behind the built-in history: its targets, when they are scanned, and which weaknesses come and go. Hosts
 * are reserved example names. SQL Injection and LFI are modelled words (see the README).
 */
export type Place = "element" | "attribute" | "script" | "stored" | "directive" | "database" | "file";

export interface SeedWeakness {
  readonly item: string;
  readonly risk: "High" | "Medium" | "Low";
  readonly method: "GET" | "POST";
  /** Relative to the start URL's origin, or absolute. */
  readonly path: string;
  readonly parameter: string;
  readonly place: Place;
  /** First run that finds it, 0-based. */
  readonly from: number;
  /** First run that no longer finds it. */
  readonly until: number;
}

export interface SeedTarget {
  readonly startUrl: string;
  readonly items: readonly string[];
  readonly excludeUrls: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly userAgent: string;
  readonly speed: "1" | "2" | "3";
  /** `{month}` is replaced by the number of the month. */
  readonly memo: string;
  readonly rescanMemo: string;
  readonly crawlCount: number;
  readonly imageHost: string | null;
  readonly otherDomains: readonly string[];
  /** Hour of the day in Korea. */
  readonly hour: number;
  readonly runs: number;
  readonly daysBetweenRuns: number;
  /** Age of the newest run in days. */
  readonly newestDaysAgo: number;
  /** Runs that did not end with a report: run number → status code. */
  readonly mishaps: Readonly<Record<number, 5 | 15 | 91 | 93>>;
  /** Finished runs that were re-scanned a few days later. */
  readonly rescans: readonly number[];
  readonly weaknesses: readonly SeedWeakness[];
}

const always = Number.POSITIVE_INFINITY;
const xss = (
  risk: SeedWeakness["risk"],
  place: Place,
  call: string,
  parameter: string,
  from: number,
  until: number,
): SeedWeakness => weakness("XSS", risk, place, call, parameter, from, until);

function weakness(
  item: string,
  risk: SeedWeakness["risk"],
  place: Place,
  call: string,
  parameter: string,
  from: number,
  until: number,
): SeedWeakness {
  const [method, path = "/"] = call.split(" ");
  return { item, risk, place, parameter, from, until, path, method: method === "POST" ? "POST" : "GET" };
}

const fullItems = ["XSS", "SSI Injection", "SQL Injection", "LFI"];

export const seedTargets: readonly SeedTarget[] = [
  {
    startUrl: "https://www.example.com/",
    items: fullItems,
    excludeUrls: ["https://www.example.com/logout", "https://www.example.com/admin/"],
    headers: {},
    userAgent: "PC Chrome",
    speed: "1",
    memo: "{month}월 정기 점검",
    rescanMemo: "조치 후 재진단",
    crawlCount: 342,
    imageHost: "img.example.com",
    otherDomains: ["cdn.example.net", "maps.example.org"],
    hour: 1,
    runs: 15,
    daysBetweenRuns: 30,
    newestDaysAgo: 1,
    mishaps: { 9: 93 },
    rescans: [3, 6, 12],
    weaknesses: [
      xss("Medium", "element", "GET /search", "q", 0, 7),
      xss("Medium", "attribute", "GET /search", "category", 0, 4),
      xss("Medium", "script", "GET /stores", "lang", 0, 10),
      xss("Medium", "stored", "POST /board/write", "title", 0, 7),
      xss("Low", "attribute", "GET https://img.example.com/view", "name", 0, 13),
      xss("Low", "attribute", "GET /event/2026", "utm_source", 8, 13),
      xss("Medium", "element", "GET /faq", "keyword", 11, always),
      weakness("SSI Injection", "High", "directive", "GET /page.shtml", "inc", 0, 4),
      weakness("SSI Injection", "High", "directive", "GET /news.shtml", "id", 0, 6),
      weakness("SQL Injection", "High", "database", "GET /board/view", "no", 0, 3),
      weakness("LFI", "High", "file", "GET /download", "file", 2, 4),
    ],
  },
  {
    startUrl: "https://shop.example.com/",
    items: fullItems,
    excludeUrls: ["https://shop.example.com/cart/clear"],
    headers: { Cookie: "SID=demo-only" },
    userAgent: "PC Chrome",
    speed: "2",
    memo: "{month}月 定期診断",
    rescanMemo: "改修後の再診断",
    crawlCount: 518,
    imageHost: null,
    otherDomains: ["pay.example.net", "cdn.example.net"],
    hour: 3,
    runs: 14,
    daysBetweenRuns: 30,
    newestDaysAgo: 8,
    mishaps: { 5: 5 },
    rescans: [2, 10],
    weaknesses: [
      xss("Medium", "element", "GET /products", "keyword", 0, 3),
      xss("Medium", "attribute", "GET /products", "sort", 0, 9),
      xss("Medium", "attribute", "GET /products", "color", 0, 9),
      xss("Medium", "stored", "POST /reviews", "comment", 0, 6),
      xss("Low", "script", "GET /recommend", "callback", 4, 12),
      xss("Medium", "element", "POST /coupon", "code", 7, 11),
      weakness("SQL Injection", "High", "database", "GET /products/detail", "id", 0, 2),
      weakness("SQL Injection", "High", "database", "GET /orders/track", "orderNo", 6, 8),
      weakness("SSI Injection", "High", "directive", "GET /notice.shtml", "msg", 0, 5),
      weakness("LFI", "Medium", "file", "GET /manual", "doc", 9, 11),
    ],
  },
  {
    startUrl: "https://api.example.com/v1/",
    items: ["XSS", "SQL Injection"],
    excludeUrls: [],
    headers: { Authorization: "Bearer demo-only" },
    userAgent: "PC Chrome",
    speed: "3",
    memo: "Monthly API check",
    rescanMemo: "Re-scan after the query builder fix",
    crawlCount: 118,
    imageHost: null,
    otherDomains: [],
    hour: 22,
    runs: 14,
    daysBetweenRuns: 30,
    newestDaysAgo: 13,
    mishaps: { 4: 15, 11: 91 },
    rescans: [1],
    weaknesses: [
      weakness("SQL Injection", "High", "database", "GET /v1/members", "order", 0, 2),
      weakness("SQL Injection", "High", "database", "POST /v1/reports", "from", 0, 3),
      xss("Low", "element", "GET /v1/echo", "message", 0, 8),
      xss("Low", "script", "GET /v1/jsonp", "callback", 0, 6),
      xss("Low", "element", "GET /v1/docs", "theme", 9, always),
    ],
  },
  {
    startUrl: "https://m.example.com/",
    items: ["XSS", "SSI Injection"],
    excludeUrls: ["https://m.example.com/logout"],
    headers: {},
    userAgent: "iPhone",
    speed: "1",
    memo: "모바일 웹 {month}월 점검",
    rescanMemo: "모바일 재진단",
    crawlCount: 176,
    imageHost: null,
    otherDomains: ["www.example.com"],
    hour: 2,
    runs: 9,
    daysBetweenRuns: 30,
    newestDaysAgo: 4,
    mishaps: { 6: 15 },
    rescans: [4],
    weaknesses: [
      xss("Medium", "element", "GET /s", "q", 0, 5),
      xss("Medium", "script", "GET /near", "addr", 0, 3),
      xss("Low", "attribute", "GET /share", "to", 0, 8),
      weakness("SSI Injection", "High", "directive", "GET /m.shtml", "view", 0, 2),
    ],
  },
  {
    startUrl: "http://intra.example.net:8080/portal/",
    items: ["ALL"],
    excludeUrls: ["http://intra.example.net:8080/portal/logout"],
    headers: { Cookie: "JSESSIONID=demo-only; lang=ja" },
    userAgent: "PC IE",
    speed: "1",
    memo: "社内ポータル {month}月",
    rescanMemo: "社内ポータル 修正確認",
    crawlCount: 231,
    imageHost: null,
    otherDomains: ["files.example.net"],
    hour: 23,
    runs: 10,
    daysBetweenRuns: 30,
    newestDaysAgo: 6,
    mishaps: { 2: 15, 7: 93 },
    rescans: [],
    weaknesses: [
      xss("Medium", "stored", "POST /portal/notes", "body", 0, 8),
      xss("Medium", "element", "GET /portal/people", "name", 0, 6),
      xss("Medium", "attribute", "GET /portal/rooms", "floor", 0, always),
      xss("Low", "attribute", "GET /portal/calendar", "view", 3, 9),
      weakness("SSI Injection", "High", "directive", "POST /portal/notes", "footer", 0, 5),
      weakness("SSI Injection", "High", "directive", "GET /portal/menu.shtml", "lunch", 1, always),
    ],
  },
  {
    startUrl: "https://blog.example.com/",
    items: ["XSS"],
    excludeUrls: [],
    headers: {},
    userAgent: "Android",
    speed: "1",
    memo: "Quarterly blog check",
    rescanMemo: "Re-scan of the blog",
    crawlCount: 94,
    imageHost: null,
    otherDomains: ["social.example.org"],
    hour: 4,
    runs: 5,
    daysBetweenRuns: 90,
    newestDaysAgo: 17,
    mishaps: {},
    rescans: [],
    weaknesses: [
      xss("Medium", "stored", "POST /comments", "author", 0, 3),
      xss("Low", "element", "GET /tag", "name", 0, 4),
    ],
  },
  {
    startUrl: "https://recruit.example.com/",
    items: ["XSS", "SSI Injection"],
    excludeUrls: ["https://recruit.example.com/apply/submit"],
    headers: {},
    userAgent: "PC Chrome",
    speed: "2",
    memo: "채용 페이지 오픈 전 점검",
    rescanMemo: "채용 페이지 재진단",
    crawlCount: 63,
    imageHost: null,
    otherDomains: [],
    hour: 14,
    runs: 4,
    daysBetweenRuns: 61,
    newestDaysAgo: 41,
    mishaps: { 0: 91 },
    rescans: [2],
    weaknesses: [
      xss("Medium", "element", "GET /jobs", "team", 0, 3),
      weakness("SSI Injection", "High", "directive", "GET /about.shtml", "lang", 0, 3),
    ],
  },
];
