import type { Comparison } from "./comparison.ts";
import type { Finding } from "./finding.ts";
import { type FindingChange, findingChanges } from "./finding-change.ts";
import { urlPartsOf } from "./finding-place.ts";
import { type Severity, severities } from "./severity.ts";
import { hostMatcher } from "./target.ts";
import { isOpenVerdict } from "./verdict.ts";
import type { Verdict } from "./verdict-states.ts";

/** Change of each finding of a comparison's later report, by its number. */
export type FindingChanges = ReadonlyMap<string, FindingChange>;

/** Returns the changes of the findings of a comparison's later report. */
export function findingChangesOf(comparison: Pick<Comparison, FindingChange>): FindingChanges {
  const numbersOf = (change: FindingChange) => comparison[change].flatMap(({ numbers }) => numbers.head);
  return new Map(findingChanges.flatMap((change) => numbersOf(change).map((number) => [number, change] as const)));
}

/** Filter of a report's findings. A missing criterion accepts every finding. */
export interface FindingFilter {
  /** When set, findings without a risk level are not accepted. */
  readonly severities?: readonly Severity[] | undefined;
  /** The vendor's name of a check, matched exactly. */
  readonly item?: string | undefined;
  /** Host as a report names it; without a port it matches every port. */
  readonly domain?: string | undefined;
  /** Path without query and fragment, matched exactly. */
  readonly path?: string | undefined;
  readonly change?: FindingChange | undefined;
  /** The effective verdict. */
  readonly verdict?: Verdict | undefined;
  /** "without": findings that no decision has settled. */
  readonly decided?: "without" | undefined;
  /** Searched in number, check, method, URL, parameter and evidence, ignoring case. */
  readonly text?: string | undefined;
  readonly numbers?: ReadonlySet<string> | undefined;
}
export type FindingCriterion = keyof FindingFilter;

/** One criterion of a filter, ready to be asked about any number of findings. */
export interface FindingTest {
  readonly criterion: FindingCriterion;
  readonly accepts: (finding: Finding) => boolean;
}

const noChanges: FindingChanges = new Map();

/** Returns the effective verdict of a fingerprint. */
export type VerdictFinder = (fingerprint: string) => Verdict;
const nothingDecided: VerdictFinder = () => "open";

const places = new WeakMap<Finding, { readonly host: string; readonly path: string }>();

/** Returns host and path of a finding, both empty without a URL. Cached, because filters ask repeatedly. */
export function findingPlace(finding: Finding): { readonly host: string; readonly path: string } {
  const known = places.get(finding);
  if (known !== undefined) return known;
  const place = finding.url === null ? { host: "", path: "" } : urlPartsOf(finding.url);
  places.set(finding, place);
  return place;
}

function textTest(text: string): FindingTest["accepts"] {
  const wanted = text.toLowerCase();
  const has = (part: string | null): boolean => part?.toLowerCase().includes(wanted) ?? false;
  return ({ number, item, url, parameter, method, evidence }) =>
    has(number) || has(item) || has(url) || has(parameter) || has(method) || has(evidence);
}

/**
 * Returns the tests for the criteria that are set. Screens and exports share them, so that a file holds what the screen shows.
 * Only the criterion `change` needs `changes` (without it no finding has a change); only `verdict` and `decided` need `verdictOf`
 * (without it every verdict is open).
 */
export function findingTests(
  filter: FindingFilter,
  changes: FindingChanges = noChanges,
  verdictOf: VerdictFinder = nothingDecided,
): readonly FindingTest[] {
  const { severities: levels, item, domain, path, change, verdict, decided, text, numbers } = filter;
  const isOnDomain = domain === undefined ? null : hostMatcher(domain);
  const wanted = text?.trim() ?? "";
  const tests: (FindingTest | null)[] = [
    levels === undefined || levels.length === severities.length
      ? null
      : { criterion: "severities", accepts: ({ severity }) => severity !== null && levels.includes(severity) },
    item === undefined ? null : { criterion: "item", accepts: (finding) => finding.item === item },
    isOnDomain === null
      ? null
      : {
          criterion: "domain",
          accepts: (finding) => finding.url !== null && isOnDomain(findingPlace(finding).host),
        },
    path === undefined
      ? null
      : { criterion: "path", accepts: (finding) => finding.url !== null && findingPlace(finding).path === path },
    change === undefined ? null : { criterion: "change", accepts: ({ number }) => changes.get(number) === change },
    verdict === undefined
      ? null
      : { criterion: "verdict", accepts: ({ fingerprint }) => verdictOf(fingerprint) === verdict },
    decided === undefined
      ? null
      : { criterion: "decided", accepts: ({ fingerprint }) => isOpenVerdict(verdictOf(fingerprint)) },
    numbers === undefined ? null : { criterion: "numbers", accepts: ({ number }) => numbers.has(number) },
    wanted === "" ? null : { criterion: "text", accepts: textTest(wanted) },
  ];
  return tests.filter((test) => test !== null);
}

/** Returns a function that tells whether a finding meets every criterion that is set. */
export function findingFilter(
  filter: FindingFilter,
  changes?: FindingChanges,
  verdictOf?: VerdictFinder,
): (finding: Finding) => boolean {
  const tests = findingTests(filter, changes, verdictOf);
  return (finding) => tests.every(({ accepts }) => accepts(finding));
}
