import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "./config.ts";

const devKeyFile = "dev-encryption.key";

/**
 * The keys of the ring, 32 bytes each. In dev mode without WSC_ENCRYPTION_KEYS a key is generated and stored next to the data; it
 * protects nothing, but the data of a trial survives a restart.
 */
export function encryptionKeysOf({
  encryptionKeys,
  dataDirectory,
}: Pick<Config, "encryptionKeys" | "dataDirectory">): Buffer[] {
  if (encryptionKeys.length > 0) return encryptionKeys.map((key) => Buffer.from(key.reveal(), "base64"));
  const path = join(dataDirectory, devKeyFile);
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, randomBytes(32).toString("base64"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return [Buffer.from(readFileSync(path, "utf8"), "base64")];
}
