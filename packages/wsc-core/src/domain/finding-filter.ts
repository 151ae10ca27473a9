import type { Comparison } from "./comparison.ts";
import type { Finding } from "./finding.ts";
import { urlPartsOf } from "./finding-place.ts";
import { type Severity, severities } from "./severity.ts";
import { hostMatcher } from "./target.ts";
import { isOpenVerdict, type Verdict } from "./verdict.ts";

/** What became of a finding since an earlier run, as far as a report can show it. */
export const findingChanges = ["new", "remaining"] as const;
export type FindingChange = (typeof findingChanges)[number];

/** What became of each finding of the later report of a comparison, by its number. */
export type FindingChanges = ReadonlyMap<string, FindingChange>;

/** The changes that a comparison tells of the findings of its later report. */
export function findingChangesOf(comparison: Pick<Comparison, FindingChange>): FindingChanges {
  const numbersOf = (change: FindingChange) => comparison[change].flatMap(({ numbers }) => numbers.head);
  return new Map(findingChanges.flatMap((change) => numbersOf(change).map((number) => [number, change] as const)));
}

/** Which findings of a report are wanted. A criterion that is absent accepts every finding. */
export interface FindingFilter {
  /** A finding without a risk level is accepted only while this criterion is absent. */
  readonly severities?: readonly Severity[] | undefined;
  /** The vendor's name of a check, exactly. */
  readonly item?: string | undefined;
  /** A host as a report names it; without a port it stands for every port. */
  readonly domain?: string | undefined;
  /** A path without query and fragment, exactly. */
  readonly path?: string | undefined;
  readonly change?: FindingChange | undefined;
  /** The verdict that holds. */
  readonly verdict?: Verdict | undefined;
  /** "without": findings that no decision has settled. */
  readonly decided?: "without" | undefined;
  /** Stands in number, check, method, URL, parameter or evidence; upper and lower case are the same. */
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

/** Finds the verdict that holds for a fingerprint. */
export type VerdictFinder = (fingerprint: string) => Verdict;
const nothingDecided: VerdictFinder = () => "open";

const places = new WeakMap<Finding, { readonly host: string; readonly path: string }>();

/** Host and path of a finding; both empty without a URL. Remembered: a filter asks for them again and again. */
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
 * The criteria of a filter that are set. Screens and files use the same ones, so that a file holds what the screen shows.
 * `changes` are needed for the criterion `change` only; without them no finding has one. `verdictOf` is needed for the criteria
 * `verdict` and `decided`; without it nothing is decided.
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

/** Whether a filter accepts a finding: every criterion that is set does. */
export function findingFilter(
  filter: FindingFilter,
  changes?: FindingChanges,
  verdictOf?: VerdictFinder,
): (finding: Finding) => boolean {
  const tests = findingTests(filter, changes, verdictOf);
  return (finding) => tests.every(({ accepts }) => accepts(finding));
}
