import { remembered } from "../domain/remembered.ts";
import { isGenericName } from "./generic-names.ts";

const maxNameLength = 200;
/** Bounds the combinations that are tried. */
const maxWords = 12;
/** What stands between a name and an index, count or risk word beside it. */
const separators = /[\s:\u00b7_|/#.,()[\]\p{Pd}]+/u;
const wordsOf = (name: string): string[] => name.split(separators).filter((word) => word !== "");
const keyOf = (words: readonly string[]): string => words.join("").toLowerCase();

/**
 * Creates a function that finds the listed item in a name with an index, count or risk word around it ("1. XSS", "XSS_2",
 * "[High] XSS"). These differ from report to report, so that the name would make one finding fixed and new.
 */
export function createListedNameFinder(items: readonly string[]): (name: string) => string | null {
  const known = new Map(items.map((item) => [keyOf(wordsOf(item)), item]));
  known.delete("");
  return remembered((name: string) => {
    const words = name.length > maxNameLength ? [] : wordsOf(name);
    if (words.length > maxWords) return null;
    const first = words.findIndex((word) => !isGenericName(word));
    const last = words.findLastIndex((word) => !isGenericName(word));
    if (first < 0) return null;
    // A word at the edge may belong to the item ("Information Disclosure").
    for (let start = 0; start <= first; start += 1) {
      for (let end = words.length; end > last; end -= 1) {
        const found = known.get(keyOf(words.slice(start, end)));
        if (found !== undefined) return found;
      }
    }
    return null;
  });
}
