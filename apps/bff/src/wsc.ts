import { readAnchors } from "./audit/read-anchors.ts";
import { type AuditAnchors, verifyAuditChain } from "./audit/verify-audit.ts";
import { readConfig } from "./config/config.ts";
import { encryptionKeysOf } from "./config/encryption-keys.ts";
import { takeEnvironment } from "./config/env.ts";
import { createKeyRing } from "./store/keys.ts";
import { openStoreForReading, StoreRefusal } from "./store/open-store.ts";

const usage = `wsc: looks after what the dashboard keeps, beside the running server

  wsc audit verify                    follow the audit chain from its first entry to its head
  wsc audit verify --anchor <anchor>  and compare it with heads that were written down: <entry>:<hash>,
                                      or a file with lines of the dashboard's log
`;

/** The anchors to compare with; `null` when the words are not a command. Throws a RangeError about the anchor. */
function readWords(words: readonly string[]): AuditAnchors | null {
  const [noun, verb, option, anchor, ...rest] = words;
  if (noun !== "audit" || verb !== "verify" || rest.length > 0) return null;
  if (option === undefined) return new Map();
  return option === "--anchor" && anchor !== undefined ? readAnchors(anchor) : null;
}

/** Exit codes: 0 as it should be, 1 not so, 2 nobody can say: the call is wrong, or the store cannot be read. */
async function main(words: readonly string[]): Promise<number> {
  const complain = (text: string): number => {
    process.stderr.write(text);
    return 2;
  };
  try {
    const anchors = readWords(words);
    if (anchors === null) return complain(usage);
    const result = readConfig(takeEnvironment());
    if ("problems" in result) return complain(`${result.problems.join("\n")}\n`);
    const store = await openStoreForReading(result.config);
    const ring = createKeyRing(encryptionKeysOf(result.config));
    const verdict = await verifyAuditChain(store.db, ring, { anchors }).finally(() => store.close());
    process.stdout.write(
      verdict.intact
        ? `intact: ${verdict.entries} entries, head ${verdict.head}\n`
        : `broken at entry ${verdict.brokenAt}: ${verdict.why} (${verdict.entries} entries before it are intact)\n`,
    );
    return verdict.intact ? 0 : 1;
  } catch (error) {
    if (error instanceof StoreRefusal || error instanceof RangeError) return complain(`${error.message}\n`);
    // A file that breaks off in the middle of the reading: neither intact nor proven otherwise.
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    return complain(`the audit chain cannot be read (${code})\n`);
  }
}

process.exitCode = await main(process.argv.slice(2));
