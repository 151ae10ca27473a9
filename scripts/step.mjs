/** Prints one line per step: outcome, name, seconds and an optional detail. */

/**
 * @template T
 * @param {string} name
 * @param {() => T | Promise<T>} work
 * @param {(result: T) => { failed?: boolean, detail?: string }} [describe]
 * @returns {Promise<T>}
 */
export async function step(name, work, describe = () => ({})) {
  const started = performance.now();
  const { isTTY } = process.stdout;
  if (isTTY) process.stdout.write(`  ..  ${name}`);
  /** @param {boolean} failed @param {string} [detail] */
  const report = (failed, detail) => {
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (isTTY) process.stdout.write("\r\u001b[2K");
    const line = `${failed ? "FAIL" : " ok "}  ${name.padEnd(9)} ${seconds.padStart(6)} s  ${detail ?? ""}`;
    process.stdout.write(`${line.trimEnd()}\n`);
  };
  try {
    const result = await work();
    const { failed = false, detail } = describe(result);
    report(failed, detail);
    return result;
  } catch (error) {
    report(true);
    throw error;
  }
}

/** A failure that the person can fix: shown as its sentence, without a stack. */
export class Refusal extends Error {
  /**
   * @param {string} sentence
   * @param {string} [details] another program's output, verbatim
   */
  constructor(sentence, details = "") {
    super(sentence);
    this.name = "Refusal";
    this.details = details;
  }
}

/** @param {unknown} error */
export function describeFailure(error) {
  if (error instanceof Refusal) return `${error.details ? `${error.details.trimEnd()}\n\n` : ""}${error.message}\n`;
  return `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}
