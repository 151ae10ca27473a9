import { parseArgs } from "node:util";
import { readAnchors } from "../audit/read-anchors.ts";
import { readJobsWords, readReportWords, readSchedulesWords } from "../client/read-commands.ts";
import { scan } from "../client/scan.ts";
import { readScanWords } from "../client/scan-words.ts";
import { readConfig } from "../config/config.ts";
import { auditVerify } from "./audit-verify.ts";
import { backup } from "./backup.ts";
import type { Command, OpenCommand } from "./command.ts";
import { databaseAccept } from "./database.ts";
import { doctor } from "./doctor.ts";
import { keysRewrap, keysStatus } from "./keys.ts";
import { probe, readProbeWords } from "./probe.ts";
import { restoreCheck } from "./restore-check.ts";
import { supportBundle } from "./support-bundle.ts";

export const usage = `wsc: looks after an installation of the dashboard

  wsc doctor                          what is wrong with settings, database, clock, upstream, identity provider, proxy and
                                      certificates, each with what to do; beside the running server, changes nothing
  wsc backup [--output <file>]        copy the database beside the running server, with a checksum beside it
  wsc restore --check <file>          whether a backup could be restored; with WSC_ENCRYPTION_KEYS also whether it can be
                                      decrypted and its audit chain is intact
  wsc support-bundle                  versions, settings without secrets, counts and errors, for support
            --output <file>           default: wsc-support-<time>.json; a file that exists is not replaced
            --log <file>              also the codes of errors in lines of the dashboard's log
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

Commands that ask a running dashboard from anywhere, with WSC_URL and WSC_TOKEN or WSC_TOKEN_FILE (a service token) and no
other setting; docs/automation.md has examples for pipelines:

  wsc scan <url> --accept-charges     order a scan, which is charged by NAVER Cloud
            --wait                    until it has ended; --fail-on and --sarif wait as well
            --fail-on <severity>      high, medium, low or none: exit code 1 for a finding of it or a worse one
            --sarif <file>            write the findings as SARIF 2.1.0
            --timeout <time>          wait no longer, such as 90m; default 12h
            --key <text>              the same text orders the same scan once; default: the run of the pipeline in GitLab CI,
                                      GitHub Actions and Jenkins
            --memo, --exclude <url> (more than once), --items <a,b>, --user-agent, --speed, --rescan-of <number>,
            --headers-file <file>     headers for the site, "Name: value" on each line
  wsc jobs [<number>]                 the jobs, or one: --query <text>, --page <n>, --limit <n>
  wsc report <number>                 findings by severity: --fail-on <severity>, --format <format> --output <file>
  wsc schedules                       the schedules: --page <n>

  --json                              with any command: one JSON document instead of lines
  --version, --help

Settings come from the environment, as for the server. backup, restore, support-bundle and
database need WSC_DATA_DIR and WSC_DATABASE_URL alone.
Exit codes: 0 success, 1 a problem was found, 2 it could not be determined. scan, jobs, report and schedules: 1 findings,
2 wrong arguments, 3 refused, 4 the scan failed or needs a decision, 5 timeout, 6 no dashboard.
`;

/** Wraps a command that needs all settings of the server; throws a RangeError with their problems. */
const withConfig =
  (command: Command): OpenCommand =>
  async ({ environment }) => {
    const result = readConfig(environment);
    if ("problems" in result) throw new RangeError(result.problems.join("\n"));
    return command(result.config);
  };

/** Parses options with text values; `null` for anything else. */
function readTexts<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): Readonly<Partial<Record<Name, string>>> | null {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
    return parseArgs({ args: [...args], options }).values as Partial<Record<Name, string>>;
  } catch {
    return null;
  }
}

const readers: Readonly<Record<string, (args: readonly string[], version: string) => OpenCommand | null>> = {
  doctor: (args) => (args.length === 0 ? doctor : null),
  backup(args) {
    const options = readTexts(args, ["output"]);
    return options === null ? null : backup(options.output ?? null);
  },
  restore(args) {
    const { check } = readTexts(args, ["check"]) ?? {};
    return check === undefined ? null : restoreCheck(check);
  },
  "support-bundle"(args) {
    const options = readTexts(args, ["output", "log"]);
    return options === null ? null : supportBundle(options.output ?? null, options.log ?? null);
  },
  probe(args, version) {
    const asked = readProbeWords(args);
    return asked === null ? null : withConfig(probe(asked, version));
  },
  audit([verb, ...args]) {
    const options = verb === "verify" ? readTexts(args, ["anchor"]) : null;
    if (options === null) return null;
    return withConfig(auditVerify(options.anchor === undefined ? new Map() : readAnchors(options.anchor)));
  },
  keys([verb, ...args]) {
    if (args.length > 0) return null;
    if (verb === "status") return withConfig(keysStatus);
    return verb === "rewrap" ? withConfig(keysRewrap) : null;
  },
  scan(args) {
    const asked = readScanWords(args);
    return asked === null ? null : scan(asked);
  },
  jobs: readJobsWords,
  report: readReportWords,
  schedules: readSchedulesWords,
  database: ([verb, ...args]) => (verb === "accept" && args.length === 0 ? databaseAccept : null),
};

/** The command named by the arguments; `null` when there is none. Throws a RangeError about an option. */
export function readWords([noun = "", ...args]: readonly string[], version: string): OpenCommand | null {
  return Object.hasOwn(readers, noun) ? (readers[noun]?.(args, version) ?? null) : null;
}
