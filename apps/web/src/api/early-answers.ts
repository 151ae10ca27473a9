declare global {
  interface Window {
    /** Set by early-requests.js, which is part of the page: the responses it asked for, by path and query. */
    readonly earlyAnswers?: Record<string, Promise<Response>>;
  }
}

/** Maximum age of a response when it is taken, in milliseconds since the page began to load. */
const maxAgeMs = 10_000;

/** Takes the response that the page's document asked for, once; `null` when there is none. */
export function takeEarlyAnswer(path: string): Promise<Response> | null {
  const { earlyAnswers: answers = {} } = globalThis as Pick<Window, "earlyAnswers">;
  const answer = answers[path];
  if (answer === undefined) return null;
  delete answers[path];
  return performance.now() < maxAgeMs ? answer : null;
}
