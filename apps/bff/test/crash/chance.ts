/**
 * The probability that of `trials` independent ones, each of which comes true with `probability` (0 to 1), more than `count` do:
 * the upper tail of the binomial distribution.
 */
export function chanceOfMore(count: number, trials: number, probability: number): number {
  const odds = probability / (1 - probability);
  let term = (1 - probability) ** trials;
  let tail = 0;
  for (let successes = 0; successes <= trials; successes += 1) {
    if (successes > count) tail += term;
    term *= ((trials - successes) / (successes + 1)) * odds;
  }
  return tail;
}

/** How many of `trials` come true at most, when more are left to chance less often than once in a billion runs. */
export function maxByChance(trials: number, probability: number): number {
  let count = 0;
  while (chanceOfMore(count, trials, probability) > 1e-9) count += 1;
  return count;
}
