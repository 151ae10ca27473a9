import type { JobPreview } from "../api/jobs.ts";

/** A word for a POSIX shell that means exactly `text`. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * The call of a preview as a curl command. Keys and signature are shell variables, sign-in values are masked: the text holds no
 * secret, and does nothing by itself.
 */
export function curlText({ method, origin, path, body }: JobPreview): string {
  const lines = [
    `curl --request ${method} ${quoted(`${origin}${path}`)}`,
    `--header ${quoted("Content-Type: application/json")}`,
    '--header "x-ncp-apigw-timestamp: $TIMESTAMP"',
    '--header "x-ncp-iam-access-key: $ACCESS_KEY"',
    '--header "x-ncp-apigw-signature-v2: $SIGNATURE"',
    `--data-raw ${quoted(body)}`,
  ];
  return lines.join(" \\\n  ");
}
