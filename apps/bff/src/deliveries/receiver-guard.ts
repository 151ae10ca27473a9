import { type ChannelKind, hostMatchesPattern, isMailAddress, readWebUrl } from "@wsc-dashboard/wsc-core";
import { fieldRefusal } from "../errors/field-refusal.ts";
import { refuseForbiddenLiteral } from "../targets/open-connection.ts";

/** Whether the operator allows notifications to this host in the internal network. */
export const isInternalReceiver = ({ hostname }: URL, internalReceivers: readonly string[]): boolean =>
  internalReceivers.some((pattern) => hostMatchesPattern(hostname, pattern));

/** Whether messages may be sent to this URL; the resolved address is checked on sending. */
export const isReceiverUrl = (url: URL, internalReceivers: readonly string[]): boolean =>
  url.protocol === "https:" || (url.protocol === "http:" && isInternalReceiver(url, internalReceivers));

/**
 * Reads a receiver: its normalized form for storage, and the part that is displayed. Throws RECEIVER_INVALID or
 * RECEIVER_FORBIDDEN with the field.
 */
export function readReceiver(kind: ChannelKind, text: string, internalReceivers: readonly string[]) {
  if (kind === "email") {
    if (!isMailAddress(text)) throw fieldRefusal("RECEIVER_INVALID", "/receiver");
    return { receiver: text, shown: text };
  }
  const href = readWebUrl(text);
  const url = href === null ? null : new URL(href);
  if (url === null || !isReceiverUrl(url, internalReceivers)) throw fieldRefusal("RECEIVER_INVALID", "/receiver");
  try {
    refuseForbiddenLiteral(url, isInternalReceiver(url, internalReceivers));
  } catch {
    throw fieldRefusal("RECEIVER_FORBIDDEN", "/receiver");
  }
  return { receiver: url.href, shown: url.host };
}
