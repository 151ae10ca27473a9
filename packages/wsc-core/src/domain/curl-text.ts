/** A call as a preview shows it: `body` holds no sign-in value, `origin` is scheme and host. */
export interface PreviewedCall {
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  readonly body: string;
}

/** A word for a POSIX shell that means exactly `text`. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * The call of a preview as a curl command. Sign-in values are masked, and the headers with keys and signature are left out: not
 * even their names belong into a browser. The command shows the call; it cannot make it.
 */
export function curlText({ method, origin, path, body }: PreviewedCall): string {
  const lines = [
    `curl --request ${method} ${quoted(`${origin}${path}`)}`,
    `--header ${quoted("Content-Type: application/json")}`,
    `--data-raw ${quoted(body)}`,
  ];
  return lines.join(" \\\n  ");
}
