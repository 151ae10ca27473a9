/** Numbers from 0 up to, not including, 1. */
export type Random = () => number;

/** The mulberry32 generator: the same variant makes the same history. */
export function randomFrom(variant: number): Random {
  let state = variant >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The harmless word that a scanner would have sent. */
export function markerFrom(random: Random): string {
  return `wsc${Math.floor(random() * 36 ** 8)
    .toString(36)
    .padStart(8, "0")}`;
}

/** One of the choices, each as likely as its weight says. */
export function pickWeighted<T>(choices: readonly (readonly [T, number])[], random: Random): T {
  let rest = random() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    rest -= weight;
    if (rest < 0) return choice;
  }
  throw new RangeError("there is nothing to choose from");
}

/** One of the choices, all as likely. */
export function pick<T>(choices: readonly T[], random: Random): T {
  return pickWeighted(
    choices.map((choice) => [choice, 1]),
    random,
  );
}
