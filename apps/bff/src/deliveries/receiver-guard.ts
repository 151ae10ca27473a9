import { type ChannelKind, hostMatchesPattern, isMailAddress, readWebUrl } from "@wsc-dashboard/wsc-core";
import { fieldRefusal } from "../errors/field-refusal.ts";
import { refuseForbiddenLiteral } from "../targets/open-connection.ts";

/** Whether the operator lets notifications go to this host although it is inside. */
export const isInternalReceiver = ({ hostname }: URL, internalReceivers: readonly string[]): boolean =>
  internalReceivers.some((pattern) => hostMatchesPattern(hostname, pattern));

/** Whether messages may go to this address at all; what its name leads to is looked at when they do. */
export const isReceiverUrl = (url: URL, internalReceivers: readonly string[]): boolean =>
  url.protocol === "https:" || (url.protocol === "http:" && isInternalReceiver(url, internalReceivers));

/**
 * The receiver of a channel in the one spelling in which it is kept, and what is shown of it. Throws RECEIVER_INVALID or
 * RECEIVER_FORBIDDEN at the field.
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
