/** The words of a comma list in an address; unknown ones are ignored, and an empty list means all. */
export function readChoices<Word extends string>(all: readonly Word[], text: string | undefined): readonly Word[] {
  const wanted = (text ?? "").split(",");
  const known = all.filter((word) => wanted.includes(word));
  return known.length === 0 ? all : known;
}

/** A choice as a comma list in the order of `all`; `undefined` for all or none. */
export function writeChoices<Word extends string>(all: readonly Word[], chosen: readonly Word[]): string | undefined {
  const known = all.filter((word) => chosen.includes(word));
  return known.length === 0 || known.length === all.length ? undefined : known.join(",");
}

/** The choice with one word added or removed. */
export function toggled<Word extends string>(chosen: readonly Word[], word: Word): readonly Word[] {
  return chosen.includes(word) ? chosen.filter((one) => one !== word) : [...chosen, word];
}
