import type { JobPreview } from "../api/jobs.ts";

/** A word for a POSIX shell that means exactly `text`. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * The call of a preview as a curl command. Sign-in values are masked, and the headers with keys and signature are left out: not
 * even their names belong into a browser. The command shows the call; it cannot make it.
 */
export function curlText({ method, origin, path, body }: JobPreview): string {
  const lines = [
    `curl --request ${method} ${quoted(`${origin}${path}`)}`,
    `--header ${quoted("Content-Type: application/json")}`,
    `--data-raw ${quoted(body)}`,
  ];
  return lines.join(" \\\n  ");
}
