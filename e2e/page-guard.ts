import type { BrowserContext } from "@playwright/test";

/** What no page of this product may do in any test, collected as sentences. */
export interface PageGuard {
  readonly problems: readonly string[];
  /** From now on answers with these statuses are part of the test: Chromium writes each failed one to the console. */
  allowStatuses(...statuses: readonly number[]): void;
  /** From now on these console lines are what the test is about. */
  allowConsole(pattern: RegExp): void;
}

const failedFetch = /^Failed to load resource: the server responded with a status of (\d{3})/;

/** Watches every page of a context for errors, foreign requests and unexpected dialogs. */
export function guardPages(context: BrowserContext, origin: string): PageGuard {
  const problems: string[] = [];
  const statuses = new Set<number>();
  const patterns: RegExp[] = [];
  context.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const status = Number(failedFetch.exec(message.text())?.[1] ?? Number.NaN);
    if (statuses.has(status) || patterns.some((pattern) => pattern.test(message.text()))) return;
    problems.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (event) => problems.push(`page error: ${event.error().stack ?? event.error().message}`));
  context.on("request", (request) => {
    const { protocol, origin: target } = new URL(request.url());
    if (protocol !== "data:" && target !== origin) problems.push(`request to another origin: ${request.url()}`);
  });
  context.on("dialog", (dialog) => {
    if (dialog.type() === "beforeunload") return dialog.accept();
    problems.push(`dialog ${dialog.type()}: ${dialog.message()}`);
    return dialog.dismiss();
  });
  return {
    problems,
    allowStatuses: (...allowed) => {
      for (const status of allowed) statuses.add(status);
    },
    allowConsole: (pattern) => void patterns.push(pattern),
  };
}
