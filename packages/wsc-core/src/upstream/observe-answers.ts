import type { FactFinding, FactName, GatewayFact } from "../domain/gateway-facts.ts";
import { provenFact, refutedFact, unobserved } from "../domain/gateway-facts.ts";
import { isJobStatusCode, jobStatusTable } from "../domain/job-status.ts";
import type { UndigestedReport } from "../domain/report.ts";
import {
  judgeDateZone,
  judgeEnvelope,
  judgeOrder,
  judgePageCount,
  judgePageSize,
  judgeStatusWords,
  rowsOf,
  type ShownPage,
} from "./judge-pages.ts";
import type { SearchArguments } from "./operations.ts";

/** The parser keeps every digit: longer numbers arrive as text although the gateway sent numbers. */
const maxExactDigits = 15;

function judgeNumberForm(shown: ShownPage): FactFinding {
  const ids = rowsOf(shown).map(({ instanceNo }) => instanceNo);
  if (ids.some((id) => typeof id === "string" && id.length <= maxExactDigits)) return refutedFact("text");
  return ids.some((id) => typeof id === "number") ? provenFact("number") : unobserved;
}

/** Texts in other scripts have several spellings, so only ASCII is compared. */
const isPlain = (keyword: string): boolean => /^[\x20-\x7e]+$/.test(keyword);

/** Judges how a search matches a keyword, by the texts of the rows it returned. */
function judgeKeyword(keyword: string, texts: readonly string[]): FactFinding {
  if (!isPlain(keyword) || texts.length === 0) return unobserved;
  const [wanted, shown] = [keyword.toLowerCase(), texts.map((text) => text.toLowerCase())];
  if (!shown.some((text) => text.includes(wanted))) return refutedFact("ignored");
  const isPart = texts.some((text) => text.includes(keyword) && text.trim() !== keyword);
  const isOtherCase = texts.some((text) => !text.includes(keyword) && text.toLowerCase().includes(wanted));
  return isOtherCase ? provenFact("part-any-case") : isPart ? provenFact("part") : unobserved;
}

function judgeFilter({ statusCode, page }: ShownPage): FactFinding {
  if (statusCode === null || !isJobStatusCode(statusCode)) return unobserved;
  const { phase } = jobStatusTable[statusCode];
  const isIgnored = page.records.some(({ job: { status } }) => status.phase !== "unknown" && status.phase !== phase);
  return isIgnored ? refutedFact("ignored") : unobserved;
}

function judgeBeyondEnd({ page: { total, received } }: ShownPage, { limit, page }: SearchArguments): FactFinding {
  return total !== null && total > 0 && received === 0 && (page - 1) * limit >= total
    ? provenFact("empty")
    : unobserved;
}

/**
 * Returns the facts that one page shows about the gateway; open ones are left out. The pages that people request show most facts
 * over time, without extra calls.
 */
export function observePage(shown: ShownPage, args: SearchArguments): GatewayFact[] {
  const isList = args.searchBy === null && args.statusCode === null;
  const isFirst = args.page === 1;
  const one = [shown];
  const findings: Partial<Record<FactName, FactFinding>> = {
    "list-order": isList ? judgeOrder(one) : unobserved,
    "page-size": isList && isFirst ? judgePageSize(one) : unobserved,
    "page-count": isList && isFirst ? judgePageCount(one) : unobserved,
    "page-beyond-end": isList ? judgeBeyondEnd(shown, args) : unobserved,
    "memo-search":
      args.searchBy === "memo"
        ? judgeKeyword(
            args.keyword,
            shown.page.records.map(({ wireMemo }) => wireMemo),
          )
        : unobserved,
    "url-search":
      args.searchBy === "url"
        ? judgeKeyword(
            args.keyword,
            shown.page.records.map(({ job }) => job.startUrl),
          )
        : unobserved,
    "status-filter": judgeFilter(shown),
    // Rows of a filtered list take their status from the filter.
    "status-words": args.statusCode === null ? judgeStatusWords(one) : unobserved,
    "date-zone": judgeDateZone(one),
    envelope: judgeEnvelope(one),
    "number-form": judgeNumberForm(shown),
  };
  return Object.entries(findings).flatMap(([name, finding]) =>
    finding.state === "assumed" ? [] : [{ name: name as FactName, ...finding }],
  );
}

/** Returns the facts that one report shows; `null` stands for a response that is not a report. */
export function observeReport(report: Pick<UndigestedReport, "unrecognised"> | null): GatewayFact[] {
  const leftOver = Object.keys(report?.unrecognised ?? {}).length;
  const finding =
    report === null
      ? refutedFact("unreadable")
      : leftOver === 0
        ? provenFact("read")
        : refutedFact("left-over", leftOver);
  return [{ name: "report-form", ...finding }];
}
