import type { JobSeed } from "@wsc-dashboard/wsc-emulator";

const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
const site = "https://compared.example.com";

const weakness = (risk: "High" | "Medium" | "Low", path: string, item = "XSS") => {
  const payload = risk === "Low" ? "mark-low" : "<script>alert(1)</script>";
  const sent = `${path}?q=${encodeURIComponent(payload)}`;
  const evidence = `GET ${sent} HTTP/1.1\nHost: compared.example.com\n\nHTTP/1.1 200 OK\n\n<p>${payload}</p>`;
  return { item, risk, method: "GET", url: `${site}${path}`, parameter: "q", evidence };
};

const page = weakness("High", "/page.shtml", "SSI Injection");
const search = weakness("Medium", "/search");
const forum = weakness("Medium", "/forum", "SQL Injection");
const login = weakness("Low", "/login");

const run = {
  startUrl: `${site}/`,
  status: 4,
  crawlCount: 100,
  items: ["XSS", "SSI Injection", "SQL Injection"],
} as const;

/** Three runs of one target: from the second to the third one weakness is fixed, two stay, one comes, and one is left out. */
export const comparedJobs = {
  first: { ...run, items: [...run.items], instanceNo: "8700001", endedAt: ago(40), findings: [page, page, search] },
  base: {
    ...run,
    items: [...run.items],
    instanceNo: "8700002",
    endedAt: ago(20),
    findings: [page, search, forum, login],
  },
  head: {
    ...run,
    items: [...run.items],
    instanceNo: "8700003",
    endedAt: ago(10),
    excludeUrls: [`${site}/login`],
    findings: [page, search, weakness("High", "/fresh")],
  },
} satisfies Record<string, JobSeed>;

const risks = ["High", "Medium", "Low"] as const;
const many = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, place) => {
    const index = from + place;
    const risk = risks[index % risks.length] ?? "Low";
    return weakness(risk, `/area-${index % 4}/page-${index}`, index % 5 === 0 ? "SSI Injection" : "XSS");
  });

/** Two runs with long reports: the later one has 20 findings more, and the first 20 of the earlier one are gone. */
export const longJobs = {
  base: {
    ...run,
    items: [...run.items],
    startUrl: "https://long.example.com/",
    instanceNo: "8700011",
    endedAt: ago(9),
    findings: many(0, 120),
  },
  head: {
    ...run,
    items: [...run.items],
    startUrl: "https://long.example.com/",
    instanceNo: "8700012",
    endedAt: ago(8),
    findings: many(20, 140),
  },
};
