/** The result of the work, or `otherwise` after `limitMs` milliseconds. The work is not cancelled. */
export async function withinTime<T>(work: Promise<T>, limitMs: number, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), limitMs);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
