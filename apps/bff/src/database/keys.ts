import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/**
 * Envelope encryption: each value has a random data key, which is wrapped by a key of the ring. The place of the value is
 * authenticated data (AAD) of both, so that bytes moved to another row or field do not decrypt (AES-256-GCM, NIST SP 800-38D).
 */
const algorithm = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;
const version = "v1";

export class SealBroken extends Error {
  override readonly name = "SealBroken";
}

function encrypt(key: Buffer, plain: Buffer, context: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(context, "utf8"));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, sealed: Buffer, context: string): Buffer {
  if (sealed.length < ivBytes + tagBytes) throw new SealBroken("too short");
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(context, "utf8"));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(ivBytes, sealed.length - tagBytes)), decipher.final()]);
  } catch {
    throw new SealBroken("does not open");
  }
}

export interface KeyRing {
  /** Encrypts for exactly this place, e.g. "submission/<id>/signIn". */
  seal(plain: string, place: string): string;
  /** Decrypts. Throws SealBroken when the place differs, the bytes were changed, or the ring lacks the key. */
  open(sealed: string, place: string): string;
  /** Prefixes of values sealed by each key, in ring order; each has `sealPrefixLength` characters. */
  prefixes(): readonly [first: string, ...others: string[]];
}

const keyIdLength = 16;
/** Length of the prefix of a sealed value that identifies its key. The prefix is not secret. */
export const sealPrefixLength = version.length + keyIdLength + 2;

/** A key ring whose keys can be replaced at run time. */
export interface RotatingKeyRing extends KeyRing {
  replace(keys: readonly Buffer[]): void;
}

const idOf = (key: Buffer): string =>
  createHash("sha256").update("kek").update(key).digest("hex").slice(0, keyIdLength);
const prefixOf = (keyId: string): string => `${version}.${keyId}.`;

interface Keys {
  readonly first: { readonly keyId: string; readonly key: Buffer };
  readonly byId: ReadonlyMap<string, Buffer>;
}

function keysOf(keys: readonly Buffer[]): Keys {
  const [first] = keys;
  if (first === undefined) throw new RangeError("a key ring needs a key");
  return { first: { keyId: idOf(first), key: first }, byId: new Map(keys.map((key) => [idOf(key), key])) };
}

/** Creates a key ring. `keys` have 32 bytes each; the first encrypts, all decrypt. */
export function createKeyRing(keys: readonly Buffer[]): RotatingKeyRing {
  let held = keysOf(keys);
  return {
    replace(next) {
      held = keysOf(next);
    },
    prefixes() {
      const [first = "", ...others] = [...held.byId.keys()].map(prefixOf);
      return [first, ...others];
    },
    seal(plain, place) {
      const { keyId, key: first } = held.first;
      const dataKey = randomBytes(32);
      const wrapped = encrypt(first, dataKey, `${version}|${place}|key|${keyId}`);
      const value = encrypt(dataKey, Buffer.from(plain, "utf8"), `${version}|${place}|value|${keyId}`);
      dataKey.fill(0);
      return [version, keyId, wrapped.toString("base64url"), value.toString("base64url")].join(".");
    },
    open(sealed, place) {
      const [format, keyId = "", wrapped = "", value = ""] = sealed.split(".");
      const key = held.byId.get(keyId);
      if (format !== version || key === undefined) throw new SealBroken("sealed with another key");
      const dataKey = decrypt(key, Buffer.from(wrapped, "base64url"), `${version}|${place}|key|${keyId}`);
      try {
        return decrypt(dataKey, Buffer.from(value, "base64url"), `${version}|${place}|value|${keyId}`).toString("utf8");
      } finally {
        dataKey.fill(0);
      }
    },
  };
}
