import { verifyAuditChain } from "./audit/audit-chain.ts";
import { readConfig } from "./config/config.ts";
import { encryptionKeysOf } from "./config/encryption-keys.ts";
import { takeEnvironment } from "./config/env.ts";
import { createKeyRing } from "./store/keys.ts";
import { openStoreForReading, StoreRefusal } from "./store/open-store.ts";

const usage = `wsc: looks after what the dashboard keeps, beside the running server

  wsc audit verify   follow the audit chain from its first entry to its head
`;

/** Exit codes: 0 as it should be, 1 not so, 2 nobody can say: the call is wrong, or the store cannot be read. */
async function main(words: readonly string[]): Promise<number> {
  if (words.join(" ") !== "audit verify") {
    process.stderr.write(usage);
    return 2;
  }
  const result = readConfig(takeEnvironment());
  if ("problems" in result) {
    process.stderr.write(`${result.problems.join("\n")}\n`);
    return 2;
  }
  try {
    const store = await openStoreForReading(result.config);
    const verdict = await verifyAuditChain(store.db, createKeyRing(encryptionKeysOf(result.config))).finally(() =>
      store.close(),
    );
    process.stdout.write(
      verdict.intact
        ? `intact: ${verdict.entries} entries, head ${verdict.head}\n`
        : `broken at entry ${verdict.brokenAt}: ${verdict.why} (${verdict.entries} entries before it are intact)\n`,
    );
    return verdict.intact ? 0 : 1;
  } catch (error) {
    // A file that breaks off in the middle of the reading: neither intact nor proven otherwise.
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    process.stderr.write(
      `${error instanceof StoreRefusal ? error.message : `the audit chain cannot be read (${code})`}\n`,
    );
    return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
