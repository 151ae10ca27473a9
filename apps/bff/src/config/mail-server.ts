import { Secret } from "@wsc-dashboard/wsc-core/node";
import { isLoopbackHost } from "./loopback.ts";

/** The mail server of WSC_SMTP_URL. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** implicit: TLS from the first byte. required: STARTTLS, or nothing is sent. none: the server is on a loopback address. */
  readonly tls: "implicit" | "required" | "none";
  readonly auth?: { readonly user: string; readonly password: Secret };
}

const ports = { "smtp:": 587, "smtps:": 465 } as const;

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Parses the URL of a mail server; `null` when it is invalid. */
export function readMailServer(url: Secret): MailServer | null {
  const text = url.reveal();
  if (!/^smtps?:\/\/[^\s]+$/i.test(text) || !URL.canParse(text)) return null;
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
  if (protocol !== "smtp:" && protocol !== "smtps:") return null;
  if (hostname === "" || !["", "/"].includes(pathname) || search !== "" || hash !== "") return null;
  const [user, secret] = [decoded(username), decoded(password)];
  if (user === null || secret === null) return null;
  const host = hostname.replace(/^\[|\]$/g, "");
  const tls = protocol === "smtps:" ? "implicit" : isLoopbackHost(host) ? "none" : "required";
  const server = { host, port: Number(port || ports[protocol]), tls } as const;
  return user === "" ? server : { ...server, auth: { user, password: new Secret(secret) } };
}
