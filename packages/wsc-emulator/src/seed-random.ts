/** Returns a number from 0 to below 1. */
export type Random = () => number;

/** The mulberry32 generator: an equal variant gives an equal history. */
export function randomFrom(variant: number): Random {
  let state = variant >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Returns a harmless word as a scanner would have sent it. */
export function markerFrom(random: Random): string {
  return `wsc${Math.floor(random() * 36 ** 8)
    .toString(36)
    .padStart(8, "0")}`;
}

/** Returns one of the choices, with probability by weight. */
export function pickWeighted<T>(choices: readonly (readonly [T, number])[], random: Random): T {
  let rest = random() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    rest -= weight;
    if (rest < 0) return choice;
  }
  throw new RangeError("there is nothing to choose from");
}

/** Returns one of the choices, all equally likely. */
export function pick<T>(choices: readonly T[], random: Random): T {
  return pickWeighted(
    choices.map((choice) => [choice, 1]),
    random,
  );
}
