import type { JobSeed } from "@wsc-dashboard/wsc-emulator";

const dayMs = 86_400_000;
const ago = (days: number): string => new Date(Date.now() - days * dayMs).toISOString();

const weakness = (risk: "High" | "Medium" | "Low", path: string, parameter: string) =>
  ({
    item: risk === "High" ? "SSI Injection" : "XSS",
    risk,
    method: "GET",
    url: `https://www.example.com${path}?${parameter}=a-rather-long-value-that-has-to-wrap-somewhere-on-a-narrow-screen`,
    parameter,
    evidence: `<p class="result">${"x".repeat(120)} <script>alert(1)</script></p>`,
  }) as const;

/** One job in each state a page has to show; the numbers never meet those of other tests. */
export const jobStates = {
  waiting: { instanceNo: "8100001", startUrl: "https://waiting.example.com/", status: 12, memo: "다음 주 점검" },
  crawling: { instanceNo: "8100002", startUrl: "https://crawling.example.com/a/b", status: 13, crawlCount: 1204 },
  running: {
    instanceNo: "8100003",
    startUrl: "https://running.example.com/shop?from=somewhere-with-a-long-name",
    status: 3,
    crawlCount: 88,
    progress: 42,
    findings: [weakness("High", "/search", "q")],
    memo: "定期診断",
    startedAt: ago(0.05),
  },
  stopping: { instanceNo: "8100004", startUrl: "https://stopping.example.com/", status: 92, crawlCount: 12 },
  completed: {
    instanceNo: "8100005",
    startUrl: "https://www.example.com/",
    status: 4,
    crawlCount: 342,
    startedAt: ago(1.1),
    endedAt: ago(1),
    memo: "Quarterly check of the shop, with a memo that goes on for a while",
    excludeUrls: ["https://www.example.com/logout", "https://www.example.com/admin/"],
    headers: { Cookie: "SID=demo-only" },
    notScannedDomains: ["cdn.example.net"],
    findings: [
      weakness("High", "/page.shtml", "inc"),
      weakness("Medium", "/search", "q"),
      weakness("Medium", "/product", "ref"),
      weakness("Low", "/offers", "campaign"),
    ],
  },
  clean: {
    instanceNo: "8100006",
    startUrl: "https://clean.example.com/",
    status: 4,
    crawlCount: 9,
    startedAt: ago(350),
    endedAt: ago(349.9),
  },
  crawlFailed: { instanceNo: "8100007", startUrl: "https://unreachable.example.com/", status: 15, startedAt: ago(2) },
  scanFailed: { instanceNo: "8100008", startUrl: "https://broken.example.com/", status: 5, startedAt: ago(3) },
  cancelled: { instanceNo: "8100009", startUrl: "https://cancelled.example.com/", status: 91, startedAt: ago(4) },
  stopped: { instanceNo: "8100010", startUrl: "https://stopped.example.com/", status: 93, startedAt: ago(5) },
  unknown: {
    instanceNo: "8100011",
    startUrl: "https://review.example.com/",
    status: null,
    statusText: "Under Review",
    startedAt: ago(6),
  },
  expired: {
    instanceNo: "8100012",
    startUrl: "https://old.example.com/",
    status: 4,
    startedAt: ago(400),
    endedAt: ago(399),
    findings: [weakness("High", "/page.shtml", "inc")],
  },
} as const satisfies Record<string, JobSeed>;

export const allJobStates: readonly JobSeed[] = Object.values(jobStates).map((seed) => ({
  ...seed,
  ...("findings" in seed ? { findings: [...seed.findings] } : {}),
  ...("excludeUrls" in seed ? { excludeUrls: [...seed.excludeUrls] } : {}),
  ...("notScannedDomains" in seed ? { notScannedDomains: [...seed.notScannedDomains] } : {}),
}));

/** A history long enough for more than one page. */
export function manyJobs(count: number): readonly JobSeed[] {
  return Array.from({ length: count }, (_, index) => ({
    instanceNo: String(8_200_000 + index),
    startUrl: `https://host-${index}.example.com/`,
    status: index % 2 === 0 ? 4 : 91,
    startedAt: ago(2 + index / 10),
    endedAt: ago(2 + index / 10),
    memo: index % 3 === 0 ? "쇼핑몰 점검" : "",
  }));
}
