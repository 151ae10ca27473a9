import * as z from "zod/mini";
import { hostileTexts } from "./hostile-texts.ts";
import { type JobSeed, jobSeedSchema } from "./job-seed.ts";
import { seedFindings } from "./seed-findings.ts";

/** A finished job with a report of any size: what the control endpoint takes. */
export const reportSeedSchema = z.strictObject({
  findings: z.int().check(z.minimum(0), z.maximum(20_000)),
  /** plain: as from a large site. hostile: every text of the report is an attack on whoever shows it. */
  text: z._default(z.enum(["plain", "hostile"]), "plain"),
  /** An equal variant gives equal findings. */
  variant: z._default(z.int(), 1),
  /** Base URL from which hostile texts try to load something. */
  sentinel: z._default(z.url({ protocol: /^https?$/ }), "https://sentinel.example.net"),
  instanceNo: jobSeedSchema.def.shape.instanceNo,
  startUrl: z.optional(jobSeedSchema.def.shape.startUrl),
  /** Default: now. */
  endedAt: jobSeedSchema.def.shape.endedAt,
  masterInstanceNo: jobSeedSchema.def.shape.masterInstanceNo,
});
export type ReportSeed = z.input<typeof reportSeedSchema>;

const largeSite = "https://portal.example.org/";
const scanMs = 3 * 3_600_000;

/** Converts the input to a job; `now` in milliseconds. Throws a zod error for invalid input. */
export function seedReport(seed: ReportSeed, now: number): JobSeed & { startedAt: string } {
  const { findings, text, variant, sentinel, endedAt, startUrl, ...given } = reportSeedSchema.parse(seed);
  const end = endedAt === undefined ? now : Date.parse(endedAt);
  const content = text === "plain" ? plainContent(findings, variant, startUrl) : hostileContent(findings, sentinel);
  return {
    status: 4,
    startedAt: new Date(end - scanMs).toISOString(),
    endedAt: new Date(end).toISOString(),
    crawlCount: 200 + findings * 2,
    ...content,
    ...(startUrl === undefined ? {} : { startUrl }),
    ...given,
  };
}

type Content = Omit<JobSeed, "status" | "startedAt" | "endedAt">;

function plainContent(count: number, variant: number, startUrl = largeSite): Content {
  const { host } = URL.canParse(startUrl) ? new URL(startUrl) : { host: startUrl };
  const hosts = [host, ...["board", "api", "m", "img", "files"].map((name) => `${name}.${host}`)];
  return {
    startUrl,
    memo: "전체 점검 · 全体診断 · full check",
    items: ["ALL"],
    excludeUrls: [`https://${host}/logout`],
    findings: seedFindings(count, hosts, variant),
    scannedDomains: hosts,
    notScannedDomains: ["cdn.example.net", "maps.example.com"],
  };
}

/** Every text is hostile, with other texts in each finding's fields; the risks stay words that the vendor knows. */
function hostileContent(count: number, sentinel: string): Content {
  const texts = hostileTexts(sentinel);
  const textAt = (index: number): string => texts[index % texts.length] ?? "";
  const risks = ["High", "Medium", "Low"] as const;
  return {
    startUrl: `https://hostile.example.com/?${textAt(0)}`,
    memo: textAt(1),
    userAgent: textAt(2),
    headers: { Cookie: textAt(3) },
    items: texts,
    excludeUrls: texts,
    scannedDomains: texts,
    notScannedDomains: texts,
    recommendations: Object.fromEntries(texts.map((text, index) => [text, textAt(index + 1)])),
    findings: Array.from({ length: count }, (_, index) => ({
      item: textAt(index),
      risk: risks[index % risks.length] ?? "Low",
      url: index % 2 === 0 ? textAt(index + 2) : `https://hostile.example.com/${index}/${textAt(index + 2)}`,
      method: textAt(index + 3),
      parameter: textAt(index + 4),
      evidence: textAt(index + 5),
    })),
  };
}
