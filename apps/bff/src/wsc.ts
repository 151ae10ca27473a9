import packageFile from "../../../package.json" with { type: "json" };
import { readAnchors } from "./audit/read-anchors.ts";
import { auditVerify } from "./commands/audit-verify.ts";
import type { Command } from "./commands/command.ts";
import { databaseAccept } from "./commands/database.ts";
import { keysRewrap, keysStatus } from "./commands/keys.ts";
import { probe, readProbeWords } from "./commands/probe.ts";
import { readConfig } from "./config/config.ts";
import { takeEnvironment } from "./config/env.ts";
import { DatabaseRefusal } from "./database/open-database.ts";

const usage = `wsc: looks after what the dashboard keeps

  wsc audit verify                    follow the audit chain from its first entry to its head, beside the running server
  wsc audit verify --anchor <anchor>  and compare it with heads that were written down: <entry>:<hash>,
                                      or a file with lines of the dashboard's log
  wsc keys status                     which encryption key seals what, and which may be removed, beside the running server
  wsc keys rewrap                     seal everything with the first encryption key: on PostgreSQL beside the running
                                      servers, on SQLite while none runs (a running one does it by itself)
  wsc probe                           record how the gateway of the account answers, with at most 40 calls that only read,
                                      into a file without hosts, memos, cookies and evidence; with or without a running server
            --output <file>           default: wsc-recording-<time>.json; a file that exists is not replaced
            --language <ko|ja|en>     of what is printed; default en
            --may-alert-owner         also calls that look like an attack or a slip: a clock that is 6 minutes off, a wrong
                                      secret, the cancel of a job that does not exist
            --keep-words              leave unknown status words, buttons and check items in the file: look through it first
  wsc database accept                 let the next start accept another database than the one that was used before
`;

/** The command that the words name; `null` when they name none. Throws a RangeError about an option. */
function readWords([noun, verb, ...options]: readonly string[]): Command | null {
  if (noun === "probe") {
    const asked = readProbeWords(verb === undefined ? [] : [verb, ...options]);
    return asked === null ? null : probe(asked, packageFile.version);
  }
  switch (`${noun} ${verb}`) {
    case "audit verify": {
      const [option, anchor, ...rest] = options;
      if (option === undefined) return auditVerify(new Map());
      return option === "--anchor" && anchor !== undefined && rest.length === 0
        ? auditVerify(readAnchors(anchor))
        : null;
    }
    case "keys status":
      return options.length === 0 ? keysStatus : null;
    case "keys rewrap":
      return options.length === 0 ? keysRewrap : null;
    case "database accept":
      return options.length === 0 ? databaseAccept : null;
    default:
      return null;
  }
}

/** Exit codes: 0 as it should be, 1 not so, 2 nobody can say: the call is wrong, or the database cannot be used. */
async function main(words: readonly string[]): Promise<number> {
  const complain = (text: string): number => {
    process.stderr.write(text);
    return 2;
  };
  try {
    const command = readWords(words);
    if (command === null) return complain(usage);
    const result = readConfig(takeEnvironment());
    if ("problems" in result) return complain(`${result.problems.join("\n")}\n`);
    const { lines, isWell } = await command(result.config);
    process.stdout.write(lines.map((line) => `${line}\n`).join(""));
    return isWell ? 0 : 1;
  } catch (error) {
    if (error instanceof DatabaseRefusal || error instanceof RangeError) return complain(`${error.message}\n`);
    // A file that breaks off in the middle of the work: neither done nor proven otherwise.
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    return complain(`the database cannot be used (${code})\n`);
  }
}

process.exitCode = await main(process.argv.slice(2));
