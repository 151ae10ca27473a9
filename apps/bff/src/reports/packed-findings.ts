import type { Severity } from "@wsc-dashboard/wsc-core";

/** The findings of a report with one identity, which count as one finding. */
export interface IdentifiedFinding {
  /** Fingerprint of the first occurrence. */
  readonly fingerprint: string;
  /** Highest severity of its occurrences. */
  readonly severity: Severity | null;
  readonly total: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
}

/** Findings by the ids of their verdicts, as bytes: these move between threads at a cost that does not depend on their number. */
export interface PackedFindings {
  /** The ids (SHA-256 in hexadecimal) in ascending order, without separators. */
  readonly ids: Uint8Array;
  /** The findings as JSON in the same order, without separators. */
  readonly texts: Uint8Array;
  /** The end of each text, in bytes. */
  readonly ends: Uint32Array;
}

const idLength = 64;

export function packFindings(findings: ReadonlyMap<string, IdentifiedFinding>): PackedFindings {
  const sorted = [...findings].sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = sorted.map(([, finding]) => Buffer.from(JSON.stringify(finding)));
  let end = 0;
  const ends = Uint32Array.from(texts, ({ length }) => {
    end += length;
    return end;
  });
  return { ids: Buffer.from(sorted.map(([id]) => id).join(""), "latin1"), texts: Buffer.concat(texts), ends };
}

/** Reads packed findings; each is parsed when it is asked for. */
export function readPackedFindings({ ids, texts, ends }: PackedFindings) {
  const idText = Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength).toString("latin1");
  const textBytes = Buffer.from(texts.buffer, texts.byteOffset, texts.byteLength);
  const idAt = (index: number): string => idText.slice(index * idLength, (index + 1) * idLength);

  /** The index of an id, by binary search; `null` when it is not there. */
  function indexOf(id: string): number | null {
    let [from, to] = [0, ends.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (idAt(middle) < id) from = middle + 1;
      else to = middle;
    }
    return from < ends.length && idAt(from) === id ? from : null;
  }

  return {
    /** The ids in ascending order. */
    keys: (): string[] => Array.from(ends, (_, index) => idAt(index)),
    has: (id: string): boolean => indexOf(id) !== null,
    get(id: string): IdentifiedFinding | undefined {
      const index = indexOf(id);
      if (index === null) return undefined;
      const start = index === 0 ? 0 : (ends[index - 1] ?? 0);
      return JSON.parse(textBytes.toString("utf8", start, ends[index])) as IdentifiedFinding;
    },
  };
}
