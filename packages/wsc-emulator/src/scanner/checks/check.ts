import type { ProbePoint } from "../entry-point.ts";
import type { FetchedPage, PageRequest } from "../fetch-page.ts";
import type { ScanFinding } from "../site-scanner.ts";

/** A value to try in a parameter, and the unique words in it by which the answer is judged. */
export interface Probe {
  value: string;
  markers: readonly string[];
}

/** A probe, the request that carried it and the answer it got; `null` when the site gave none. */
export interface ProbeExchange {
  probe: Probe;
  request: PageRequest;
  page: Pick<FetchedPage, "status" | "statusText" | "headers" | "body"> | null;
}

/**
 * `finding`: proven by that exchange, best seen at `position` of its body. `clean`: no further probe can change it.
 * `undecided`: send the next probe; after the last one it counts as clean.
 */
export type Judgement =
  | { kind: "finding"; risk: ScanFinding["risk"]; exchange: ProbeExchange; position: number }
  | { kind: "clean" }
  | { kind: "undecided" };

/**
 * One kind of vulnerability. Probes are harmless: they prove that a value takes effect without reading, changing
 * or running anything. They are sent in order and `judge` sees all exchanges so far after each, so that a later
 * probe costs nothing once the answer is known, and a control probe can stand beside the real one.
 */
export interface Check {
  /** The reserved word of docs/upstream-api.md section 6.3 (or one we invented, which the list of items then says). */
  item: string;
  probesFor(point: ProbePoint): readonly Probe[];
  judge(exchanges: readonly ProbeExchange[]): Judgement;
}
