/** A call as shown in a preview: `body` holds no sign-in value, `origin` is scheme and host. */
export interface PreviewedCall {
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  readonly body: string;
}

/** Quotes `text` as one literal word of a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * Returns the call of a preview as a curl command. Sign-in values are masked and the headers with keys and signature are omitted,
 * since not even their names belong in a browser. The command documents the call but cannot make it.
 */
export function curlText({ method, origin, path, body }: PreviewedCall): string {
  const lines = [
    `curl --request ${method} ${quoted(`${origin}${path}`)}`,
    `--header ${quoted("Content-Type: application/json")}`,
    `--data-raw ${quoted(body)}`,
  ];
  return lines.join(" \\\n  ");
}
