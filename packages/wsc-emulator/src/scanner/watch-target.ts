import type { FetchPage } from "./fetch-page.ts";
import { TargetUnreachable } from "./target-unreachable.ts";

/**
 * Fails the scan when the target becomes unreachable, so that a site that died during the scan is not reported as free of
 * findings. After `maxSilentRequests` consecutive requests without a response the start page is requested once more, because one
 * slow part of a working site must not end the scan.
 */
export function watchTarget(fetchPage: FetchPage, startUrl: URL, maxSilentRequests: number): FetchPage {
  let silentInARow = 0;
  return async (request) => {
    const outcome = await fetchPage(request);
    if (outcome.kind === "page") silentInARow = 0;
    if (outcome.kind === "silent") {
      silentInARow += 1;
      if (silentInARow >= maxSilentRequests) {
        const control = await fetchPage({ method: "GET", url: startUrl });
        if (control.kind !== "page") throw new TargetUnreachable(`The site stopped answering: ${outcome.reason}`);
        silentInARow = 0;
      }
    }
    return outcome;
  };
}
