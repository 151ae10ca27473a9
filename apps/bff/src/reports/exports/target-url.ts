import { type Report, targetHostOf } from "@wsc-dashboard/wsc-core";

/** The host of the scanned target, as text. */
export function reportHostOf({ scope, job }: Report): string {
  return targetHostOf(scope.target ?? job.startUrl);
}

/** A finding's URL in the form that machines read, or `null` when it is none for a web page. */
export function webUrlOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const read = new URL(url);
  read.username = "";
  read.password = "";
  return /^https?:$/.test(read.protocol) ? read.href : null;
}
