/** Waits for the next task, so that input and rendering run first. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const end = (): void => {
      port1.close();
      resolve();
    };
    port1.addEventListener("message", end, { once: true });
    port1.start();
    port2.postMessage(null);
  });
}

/** Milliseconds of work in one go. */
const maxBurstMs = 8;
let burstStartedAt = Number.NEGATIVE_INFINITY;

/** Starts the time until the next pause anew, at the beginning of a task. */
export function startBurst(): void {
  burstStartedAt = performance.now();
}

/** Waits for the next task when the last one began long ago: between steps that take a few milliseconds each. */
export async function pauseWhenDue(): Promise<void> {
  if (performance.now() - burstStartedAt < maxBurstMs) return;
  await nextTask();
  startBurst();
}

/** Bytes decoded in one step. */
const stepLength = 500_000;

/** The same as `response.text()`, but in steps: megabytes decoded at once would block the page. */
export async function readLongText({ body }: Response): Promise<string> {
  if (body === null) return "";
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = "";
  let sinceStep = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    sinceStep += part.value.length;
    if (sinceStep < stepLength) continue;
    sinceStep = 0;
    await nextTask();
  }
  return text + decoder.decode();
}
