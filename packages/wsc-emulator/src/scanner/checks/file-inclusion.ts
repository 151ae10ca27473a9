import { createMarker } from "../marker.ts";
import type { Check, Judgement, Probe } from "./check.ts";
import { findMoreOften } from "./find-more-often.ts";

const clean: Judgement = { kind: "clean" };
const undecided: Judgement = { kind: "undecided" };

/** Deeper than any web root; steps above the root have no effect. */
const upToTheRoot = "../".repeat(12);

/** Files that are on every machine of their kind and tell nothing about it or its people, and what is certain to be in them. */
const harmlessFiles: readonly { path: string; content: RegExp }[] = [
  // As lines of a page, of plain text, or of a JSON string.
  { path: "etc/shells", content: /(?:^|[\n>"]|\\n)\/bin\/(?:ba)?sh[ \t]*(?=[\r\n<"]|\\r|\\n|$)/g },
  { path: "windows/win.ini", content: /; for 16-bit app support/gi },
];

/**
 * Local file inclusion. Requests a harmless file outside the web root. Proven if the response holds the file's content and the
 * response for a non-existent file beside it differs.
 */
export const fileInclusion: Check = {
  item: "LFI",

  probesFor() {
    return [...harmlessFiles.map(({ path }) => fileProbe(path)), fileProbe(`etc/${createMarker()}`)];
  },

  judge(exchanges) {
    for (const [index, { content }] of harmlessFiles.entries()) {
      const exchange = exchanges[index];
      if (exchange === undefined) return undecided;
      if (exchange.page === null || findMoreOften(content, exchange.page.body, "") === null) continue;
      const missing = exchanges[harmlessFiles.length];
      if (missing === undefined) return undecided;
      // Without the control response the content proves nothing: the page may always show it.
      if (missing.page === null) return clean;
      const position = findMoreOften(content, exchange.page.body, missing.page.body);
      if (position !== null) return { kind: "finding", risk: "High", exchange, position };
    }
    return clean;
  },
};

function fileProbe(path: string): Probe {
  return { markers: [], value: upToTheRoot + path };
}
