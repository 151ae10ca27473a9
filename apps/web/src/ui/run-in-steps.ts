/** Milliseconds of work in one go; well below the delay that a person notices between a key and its effect. */
export const stepMs = 8;
/** Entries between two reads of the clock. */
const usualBatchLength = 25;

/**
 * Calls a function for each entry of a list, a few milliseconds at a time, and yields to the browser in between. Returns a
 * function that stops it. `onDone` is called once, unless it was stopped. `batchLength`: entries that are processed without reading
 * the clock.
 */
export function runInSteps<Entry>(
  entries: readonly Entry[],
  work: (entry: Entry) => void,
  onDone: () => void = () => {},
  batchLength = usualBatchLength,
): () => void {
  let at = 0;
  let isStopped = false;
  const channel = new MessageChannel();
  const stop = (): void => {
    isStopped = true;
    channel.port1.close();
  };
  channel.port1.onmessage = () => {
    if (isStopped) return;
    const end = performance.now() + stepMs;
    while (at < entries.length && !isStopped && performance.now() < end) {
      for (const entry of entries.slice(at, at + batchLength)) work(entry);
      at += batchLength;
    }
    if (isStopped) return;
    if (at < entries.length) channel.port2.postMessage(null);
    else {
      stop();
      onDone();
    }
  };
  channel.port2.postMessage(null);
  return stop;
}
