import { createTransport } from "nodemailer";
import type { MailServer } from "../config/mail-server.ts";
import type { AttemptResult } from "./post-message.ts";

export interface Mail {
  /** The message id, the same at every repetition. */
  readonly id: string;
  readonly to: string;
  /** One line. */
  readonly subject: string;
  readonly text: string;
}

export interface MailSender {
  readonly server: MailServer;
  readonly from: string;
  /** For the whole attempt, in milliseconds. */
  readonly timeoutMs: number;
}

function outcomeOf(error: unknown): AttemptResult {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  if (typeof responseCode === "number") return { outcome: "mail-refused", status: responseCode };
  if (code === "ETIMEDOUT") return { outcome: "timeout", status: null };
  // STARTTLS is required but missing, the certificate is invalid, or the login was refused without a code.
  if (code === "ETLS" || code === "EAUTH") return { outcome: "mail-refused", status: null };
  return { outcome: "unreachable", status: null };
}

/** Sends one plain-text mail to the mail server. Never throws. */
export async function sendMail({ server, from, timeoutMs }: MailSender, mail: Mail): Promise<AttemptResult> {
  const { host, port, tls, auth } = server;
  const transport = createTransport({
    ...{ host, port, secure: tls === "implicit", requireTLS: tls === "required", ignoreTLS: tls === "none" },
    ...(auth === undefined ? {} : { auth: { user: auth.user, pass: auth.password.reveal() } }),
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs },
    // The library must not read files or fetch URLs for the mail.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<AttemptResult>((resolve) => {
    timer = setTimeout(() => resolve({ outcome: "timeout", status: null }), timeoutMs);
  });
  const sending = transport
    .sendMail({
      from,
      to: { name: "", address: mail.to },
      envelope: { from, to: [mail.to] },
      subject: mail.subject,
      text: mail.text,
      messageId: `<${mail.id}@${from.slice(from.lastIndexOf("@") + 1)}>`,
      headers: { "Auto-Submitted": "auto-generated", "X-WSC-Delivery": mail.id },
    })
    .then((): AttemptResult => ({ outcome: "accepted", status: 250 }), outcomeOf);
  try {
    return await Promise.race([sending, limit]);
  } finally {
    clearTimeout(timer);
    transport.close();
  }
}
