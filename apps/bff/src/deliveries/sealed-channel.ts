import { randomBytes } from "node:crypto";
import type { KeyRing } from "../database/keys.ts";
import type { ChannelRow } from "../database/schema.ts";
import { sealedColumns } from "../database/sealed-values.ts";

/** The secret part of a channel. */
export interface SealedChannel {
  /** The mail address, or the whole URL. */
  readonly receiver: string;
  /** Signing secrets, newest first; an older one is valid until the instant `until`. */
  readonly secrets: readonly { readonly text: string; readonly until: number | null }[];
}

const { placeOf } = sealedColumns.channels;
/** How long the previous secret still signs, in milliseconds. */
const overlapMs = 86_400_000;
const secretBytes = 32;

/** A secret in the format of the Standard Webhooks specification: "whsec_" and base64. */
export const createWebhookSecret = (): string => `whsec_${randomBytes(secretBytes).toString("base64")}`;

export const sealChannel = (ring: KeyRing, id: string, content: SealedChannel): string =>
  ring.seal(JSON.stringify(content), placeOf(id));

/** Decrypts the secret part. Throws SealBroken. */
export const openChannel = (ring: KeyRing, { id, sealed }: Pick<ChannelRow, "id" | "sealed">): SealedChannel =>
  JSON.parse(ring.open(sealed, placeOf(id))) as SealedChannel;

/** Adds a new secret; the previous one stays valid for a day. */
export function withNewSecret(content: SealedChannel, text: string, at: number): SealedChannel {
  const [newest] = content.secrets;
  const older = newest === undefined ? [] : [{ text: newest.text, until: at + overlapMs }];
  return { ...content, secrets: [{ text, until: null }, ...older] };
}

/** The secrets that are valid at an instant. */
export const signingSecrets = ({ secrets }: SealedChannel, at: number): string[] =>
  secrets.filter(({ until }) => until === null || until > at).map(({ text }) => text);
