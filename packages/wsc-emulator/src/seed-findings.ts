import type { ScanFinding } from "./scanner/site-scanner.ts";
import { type SeedLanguage, seedEvidence, seedLanguages } from "./seed-evidence.ts";
import { markerFrom, pick, pickWeighted, type Random, randomFrom } from "./seed-random.ts";
import type { Place } from "./seed-targets.ts";

type Risk = ScanFinding["risk"];

interface Kind {
  readonly item: string;
  readonly place: Place;
  readonly method: "GET" | "POST";
  readonly risks: readonly (readonly [Risk, number])[];
  readonly pageEnding: string;
}

const kind = (
  item: string,
  place: Place,
  method: Kind["method"],
  risks: Partial<Record<Risk, number>>,
  pageEnding = "",
): Kind => ({ item, place, method, pageEnding, risks: Object.entries(risks) as [Risk, number][] });

/** Typical vulnerabilities of large sites, with their weights. */
const kinds: readonly (readonly [Kind, number])[] = [
  [kind("XSS", "element", "GET", { Medium: 4, Low: 1 }), 24],
  [kind("XSS", "attribute", "GET", { Medium: 1, Low: 2 }), 22],
  [kind("XSS", "script", "GET", { Medium: 3, Low: 2 }), 10],
  [kind("XSS", "stored", "POST", { Medium: 1 }), 14],
  [kind("SQL Injection", "database", "GET", { High: 1 }), 9],
  [kind("SQL Injection", "database", "POST", { High: 1 }), 5],
  [kind("LFI", "file", "GET", { High: 3, Medium: 2 }), 9],
  [kind("SSI Injection", "directive", "GET", { High: 1 }, ".shtml"), 7],
];

const sections = "board calendar event faq files forms members notice products reviews search support".split(" ");
const pages = "detail edit index list preview print share summary view write".split(" ");
const parameters =
  "callback category comment doc file from id keyword lang name no page q ref sort theme title to".split(" ");
const parameterOfFile = ["doc", "file", "page", "theme"];

/**
 * Returns `count` distinct findings on these hosts, most of them on the first ones; equal for an equal `variant`. Evidence is in
 * Korean, Japanese and English.
 */
export function seedFindings(count: number, hosts: readonly string[], variant: number): ScanFinding[] {
  const random = randomFrom(variant);
  const weightedHosts = hosts.map((host, index) => [host, 1 / (index + 1)] as const);
  const seen = new Map<string, number>();
  return Array.from({ length: count }, () => {
    const { item, place, method, risks, pageEnding } = pickWeighted(kinds, random);
    const parameter = pick(place === "file" ? parameterOfFile : parameters, random);
    const path = `https://${pickWeighted(weightedHosts, random)}/${pick(sections, random)}/${pick(pages, random)}`;
    const identity = `${item} ${method} ${path} ${parameter}`;
    const already = seen.get(identity) ?? 0;
    seen.set(identity, already + 1);
    const url = new URL(`${already === 0 ? path : `${path}-${already + 1}`}${pageEnding}`);
    const evidence = seedEvidence({ place, method, parameter }, url, markerFrom(random), languageFrom(random));
    return { item, risk: pickWeighted(risks, random), url: url.href, method, parameter, evidence };
  });
}

function languageFrom(random: Random): SeedLanguage {
  return pick(seedLanguages, random);
}
