import { randomBytes } from "node:crypto";
import type { KeyRing } from "../database/keys.ts";
import type { ChannelRow } from "../database/schema.ts";
import { sealedColumns } from "../database/sealed-values.ts";

/** What of a channel nobody sees. */
export interface SealedChannel {
  /** The mail address, or the whole address. */
  readonly receiver: string;
  /** Secrets that sign, the newest first; an older one until the instant `until`. */
  readonly secrets: readonly { readonly text: string; readonly until: number | null }[];
}

const { placeOf } = sealedColumns.channels;
/** How long the secret before a new one still signs. */
const overlapMs = 86_400_000;
const secretBytes = 32;

/** A secret as the Standard Webhooks specification spells it: "whsec_" and base64. */
export const createWebhookSecret = (): string => `whsec_${randomBytes(secretBytes).toString("base64")}`;

export const sealChannel = (ring: KeyRing, id: string, content: SealedChannel): string =>
  ring.seal(JSON.stringify(content), placeOf(id));

/** Throws SealBroken. */
export const openChannel = (ring: KeyRing, { id, sealed }: Pick<ChannelRow, "id" | "sealed">): SealedChannel =>
  JSON.parse(ring.open(sealed, placeOf(id))) as SealedChannel;

/** With another secret; the newest before it signs beside it for a day. */
export function withNewSecret(content: SealedChannel, text: string, at: number): SealedChannel {
  const [newest] = content.secrets;
  const older = newest === undefined ? [] : [{ text: newest.text, until: at + overlapMs }];
  return { ...content, secrets: [{ text, until: null }, ...older] };
}

/** The secrets that sign at an instant. */
export const signingSecrets = ({ secrets }: SealedChannel, at: number): string[] =>
  secrets.filter(({ until }) => until === null || until > at).map(({ text }) => text);
