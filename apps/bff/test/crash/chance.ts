/**
 * The probability that more than `count` of `trials` independent trials succeed, each with `probability` (0 to 1): the upper tail
 * of the binomial distribution.
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

/** The smallest count that chance exceeds in less than one of a billion runs of `trials` trials. */
export function maxByChance(trials: number, probability: number): number {
  let count = 0;
  while (chanceOfMore(count, trials, probability) > 1e-9) count += 1;
  return count;
}
