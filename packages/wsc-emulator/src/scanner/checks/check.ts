import type { ProbePoint } from "../entry-point.ts";
import type { FetchedPage, PageRequest } from "../fetch-page.ts";
import type { ScanFinding } from "../site-scanner.ts";

/** A value to try in a parameter, and the unique words in it by which the response is judged. */
export interface Probe {
  value: string;
  markers: readonly string[];
}

/** A probe, its request and its response; `null` without a response. */
export interface ProbeExchange {
  probe: Probe;
  request: PageRequest;
  page: Pick<FetchedPage, "status" | "statusText" | "headers" | "body"> | null;
}

/**
 * `finding`: proven by that exchange, best shown at `position` of its body. `clean`: no further probe can change this.
 * `undecided`: send the next probe; after the last one it counts as clean.
 */
export type Judgement =
  | { kind: "finding"; risk: ScanFinding["risk"]; exchange: ProbeExchange; position: number }
  | { kind: "clean" }
  | { kind: "undecided" };

/**
 * One kind of vulnerability. Probes are harmless: they prove that a value takes effect without reading, changing or running
 * anything. They are sent in order, and `judge` sees all exchanges so far after each one, so that no probe is sent once the
 * result is known and a control probe can be compared with the real one.
 */
export interface Check {
  /** The reserved word of docs/upstream-api.md section 6.3, or one of ours, marked as such in the list of items. */
  item: string;
  probesFor(point: ProbePoint): readonly Probe[];
  judge(exchanges: readonly ProbeExchange[]): Judgement;
}
