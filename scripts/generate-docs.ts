/**
 * Writes the pages that repeat what code says: docs/errors.md from the error catalogue, docs/roles.md from the contract,
 * docs/configuration.md and .env.example from the BFF's list of settings, docs/report.schema.json from the schema of exported
 * reports, the fields of the log in docs/logging.md, the promises under faults in docs/threat-model.md, and in
 * docs/architecture.md the states of a submission from the table of transitions. With --check it only reports which of them are
 * out of date. Without it also draws docs/imports.md, which a test of the import rules checks.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  auditRuleOf,
  bffApi,
  type Contract,
  type ErrorEntry,
  errorCatalogue,
  reportDocumentJsonSchema,
  roles,
  type TokenScope,
} from "@wsc-dashboard/wsc-core";
import { settingNames, settingOf } from "../apps/bff/src/config/settings.ts";
import { commonFields, logFields } from "../apps/bff/src/log/log-fields.ts";
import { type Transition, transitions } from "../apps/bff/src/outbox/transitions.ts";
import { drawingPath, renderDrawing } from "../test/import-drawing.ts";
import { readImportGraph } from "../test/import-graph.ts";
import { root } from "./toolchain.mjs";

const origins = [
  {
    origin: "gateway",
    title: "Gateway",
    text: "Answers of the API gateway in front of the service: the request did not reach the service.",
  },
  { origin: "service", title: "Service", text: "Answers of Web Security Checker itself." },
  {
    origin: "dashboard",
    title: "Dashboard",
    text: "Errors of this dashboard, in the field `code` of a problem document.",
  },
] as const satisfies readonly { origin: ErrorEntry["origin"]; title: string; text: string }[];

const retryWords: Readonly<Record<ErrorEntry["retry"], string>> = {
  no: "no: the same call fails again",
  later: "later: after time or an outside change",
  safe: "automatic for reads",
};

const actorWords: Readonly<Record<ErrorEntry["actor"], string>> = {
  user: "the user",
  operator: "the operator of the dashboard",
  "account-admin": "the administrator of the NAVER Cloud account",
  "target-owner": "the owner of the target",
  vendor: "the vendor",
  nobody: "nobody",
};

function renderErrorPage(catalogue: Readonly<Record<string, ErrorEntry>> = errorCatalogue): string {
  const sections = origins.map(({ origin, title, text }) => {
    const rows = Object.entries(catalogue).filter(([, entry]) => entry.origin === origin);
    return `## ${title} (${rows.length})\n\n${text}\n\n${renderTable(rows, origin)}`;
  });
  return `${introduction}\n\n${sections.join("\n\n")}\n`;
}

const introduction = `# Error codes

Generated from \`packages/wsc-core/src/errors/catalogue.ts\` by \`npm run docs\`; change it there.

- **HTTP** is the status this dashboard answers with; **vendor HTTP** is what the vendor sends.
- **Retry** says whether another attempt can succeed. createJob is never retried automatically, whatever this column says.
- **Job may exist** is for createJob: whether a job may have been created although this was the answer.
- **Field** is the JSON pointer into the body of \`POST /api/jobs\`.`;

function renderTable(rows: readonly [string, ErrorEntry][], origin: ErrorEntry["origin"]): string {
  const isVendor = origin !== "dashboard";
  const head = [
    "Code",
    ...(isVendor ? ["Vendor message", "Vendor HTTP"] : []),
    "HTTP",
    "Meaning",
    "Retry",
    "Job may exist",
    "Field",
    "Who can act",
  ];
  const body = rows.map(([code, entry]) => [
    `\`${code}\``,
    ...(isVendor ? [entry.wireMessage ?? "", vendorStatus(entry)] : []),
    String(entry.status),
    entry.meaning,
    retryWords[entry.retry],
    entry.created === "maybe" ? "yes" : "no",
    entry.pointer === undefined ? "" : `\`${entry.pointer}\``,
    actorWords[entry.actor],
  ]);
  return renderRows(head, body);
}

function renderRows(head: readonly string[], body: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.map(escapeCell).join(" | ")} |`).join("\n");
}

function vendorStatus({ upstreamStatus, newerUpstreamStatus }: ErrorEntry): string {
  if (upstreamStatus === undefined) return "";
  return newerUpstreamStatus === undefined ? String(upstreamStatus) : `${upstreamStatus} (${newerUpstreamStatus})`;
}

const escapeCell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** The purpose of a setting, preceded by the authentication modes that read it. */
const purposeOf = (name: (typeof settingNames)[number]): string => {
  const { modes, purpose } = settingOf(name);
  return modes === null ? purpose : `${modes.join(", ")}: ${purpose}`;
};
const isShown = (fallback: string | null): fallback is string => fallback !== null && fallback !== "";

function renderConfigurationPage(): string {
  const rows = settingNames.map((name) => {
    const { isSecret, default: fallback, accepts } = settingOf(name);
    return [
      `\`${name}\`${isSecret ? " \u{1f511}" : ""}`,
      isShown(fallback) ? `\`${fallback}\`` : "",
      accepts,
      purposeOf(name),
    ];
  });
  return `# Configuration

Generated from \`apps/bff/src/config/settings.ts\` by \`npm run docs\`; change it there.

Everything is set by environment variables. All problems are reported at once at the start, each with the variable's name; then the
process ends with code 1. An unknown name that starts with \`WSC_\` is a warning. A secret (\u{1f511}) can be read from a file:
\`WSC_SECRET_KEY_FILE=/run/secrets/wsc\` instead of \`WSC_SECRET_KEY\`. Secrets are removed from the process environment once read.
Times are in milliseconds, 0 means none; booleans are \`true\` or \`false\`.

## Rotating secrets without a restart

On SIGHUP (\`kill -HUP\`, \`docker kill --signal=HUP\`, \`ExecReload=/bin/kill -HUP $MAINPID\`) the dashboard reads the files named by \`*_FILE\` again. The
NAVER Cloud keys and the encryption keys take effect at once, other secrets at the next start. The files are not watched: when a pair is in two files,
only their author knows when both are complete.

- A rotation is all or nothing: when a file is missing, empty or wrong, or the upstream refuses the new pair, one log line says why and the old values
  stay in force. When the upstream does not answer at all, the new pair is used.
- Calls in progress complete with the pair that signed them; keep the old pair valid for five more minutes. Both pairs must belong to the same account:
  reconciliation of unknown outcomes uses the new pair.
- systemd copies \`LoadCredential=\` files at the start. With it, rotating means restarting, unless the settings name files that the
  service's user can read.
- Each rotation, including a refused one, is recorded in the audit log, without values. The log masks the new and all earlier values.

Encryption keys: put the new key before the old one and send SIGHUP. With SQLite the server re-encrypts everything by itself. With PostgreSQL,
give every replica the new key as the last one, then as the first, then run \`wsc keys rewrap\`, which may be interrupted and repeated. The log and
\`wsc keys status\` say when nothing needs the old key any more; then remove it, and keep it with the backups that are older. A running server refuses to drop a key that is still
needed, and a start without it reports what cannot be decrypted.

## Settings

| Variable | Default | Accepts | Meaning |
| --- | --- | --- | --- |
${rows.map((cells) => `| ${cells.map(escapeCell).join(" | ")} |`).join("\n")}
`;
}

function renderEnvironmentExample(): string {
  const lines = settingNames.map((name) => {
    const { accepts, default: fallback } = settingOf(name);
    const range = accepts === "" ? "" : ` Accepts ${accepts}.`;
    return `# ${purposeOf(name)}${range}\n# ${name}=${isShown(fallback) ? fallback : ""}`;
  });
  return `# Every setting, with its default. \`npm start\` reads a file named .env; in production set them in the service.
# Generated from apps/bff/src/config/settings.ts by \`npm run docs\`.
#
# One NAME=value a line, in UTF-8. A value with # in it needs quotation marks: NAME='a#b'. These marks are taken off here and by
# systemd and compose, but not by docker run --env-file, which takes a line as it is: there write none.

${lines.join("\n\n")}
`;
}

const auditWords: Readonly<Record<ReturnType<typeof auditRuleOf>, string>> = {
  call: "intent and outcome",
  handler: "with the change itself",
  none: "denied calls only",
};

const scopeWords: Readonly<Record<TokenScope | "all", string>> = {
  people: "no",
  any: "yes",
  jobs: "those of its targets",
  submission: "those of its targets",
  schedule: "those of its targets",
  body: "those of its targets",
  rows: "rows of its targets",
  all: "if for all targets",
};

function renderRolesPage(contract: Contract = bffApi): string {
  const rows = Object.values(contract).flatMap((endpoints) =>
    Object.values(endpoints).map((endpoint) => [
      `\`${endpoint.method} ${endpoint.path}\``,
      ...roles.map((role) => (endpoint.roles.includes(role) ? "yes" : "")),
      scopeWords[endpoint.tokenScope ?? "all"],
      // Calls that every role may make are never denied.
      auditRuleOf(endpoint) === "none" && endpoint.roles.length === roles.length
        ? ""
        : auditWords[auditRuleOf(endpoint)],
    ]),
  );
  return `# Roles

Generated from the contract in \`packages/wsc-core/src/api\` by \`npm run docs\`; change it there. The same table guards every endpoint
and decides what a screen offers: an endpoint without roles does not compile.

A person with several roles has the permissions of all of them. An operator changes only their own submissions and schedules, an administrator those
of all people. Target credentials are never returned.

A service token has one role, and may do what the column of the role and the column "Service tokens" both allow; "no" stands for calls that are for
people only. A token that is limited to some targets gets lists without the rows of others, while their counts are those of all.

${renderRows(["Call", ...roles, "Service tokens", "In the audit log"], rows)}
`;
}

/** The schema of a report's JSON export (JSON Schema 2020-12). */
function renderReportSchema(): string {
  return `${JSON.stringify(reportDocumentJsonSchema(), null, 2)}\n`;
}

/** Arrows of the table of transitions; events between the same two states share one. */
function renderStateDiagram(table: Readonly<Record<string, Transition>> = transitions): string {
  const arrows = new Map<string, string[]>();
  for (const [name, { from, to }] of Object.entries(table)) {
    if (to === "same") continue;
    for (const source of from.length === 0 ? ["[*]"] : from) {
      const arrow = `${source} --> ${to}`;
      arrows.set(arrow, [...(arrows.get(arrow) ?? []), name]);
    }
  }
  const lines = [...arrows].map(([arrow, names]) => `  ${arrow}: ${names.join(", ")}`);
  return `\`\`\`mermaid\nstateDiagram-v2\n${lines.join("\n")}\n\`\`\``;
}

/** Meaning and properties of each event, as a table. */
function renderTransitions(table: Readonly<Record<string, Transition>> = transitions): string {
  const rows = Object.entries(table).map(([name, transition]) => [
    `\`${name}\``,
    transition.meaning,
    transition.from.join(", ") || "new",
    transition.to,
    { "must not be": "no", "must be": "only then", "may be": "also" }[transition.withdrawn],
    transition.audit === null ? "" : `${transition.audit.action} ${transition.audit.result}`,
    transition.budget,
    transition.sendLock,
    transition.credentials,
    transition.nextLook,
  ]);
  const head = [
    "Event",
    "Meaning",
    "From",
    "To",
    "When withdrawn",
    "Audit log",
    "Budget",
    "Send lock",
    "Target credentials",
    "Next look",
  ];
  return renderRows(head, rows);
}

/** Fields of a log line. */
function renderLogFields(): string {
  const rows = [...commonFields, ...Object.values(logFields)].map(({ name, purpose }) => [`\`${name}\``, purpose]);
  return renderRows(["Field", "Meaning"], rows);
}

/** A page written by hand, with a generated part between two markers. */
async function renderWithin(path: string, name: string, part: string): Promise<string> {
  const text = await readFile(join(root, path), "utf8");
  const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no place for ${name}`);
  return `${text.slice(0, from + begin.length)}\n${part}\n${text.slice(to)}`;
}

const faultSections = ["## Faults of the upstream", "## Faults of the database and of the process"] as const;
/** Columns of the fault tables in docs/architecture.md that are copied elsewhere; the code column is only for developers. */
const faultColumns = ["fault", "promise", "test"] as const;

/** The fault tables, merged into one. */
async function renderFaults(): Promise<string> {
  const text = await readFile(join(root, "docs/architecture.md"), "utf8");
  const rows = faultSections.flatMap((heading) => {
    const from = text.indexOf(`${heading}\n`);
    const lines = text.slice(from + heading.length).split("\n");
    const start = lines.findIndex((line) => line.startsWith("|"));
    const table = lines.slice(
      start,
      lines.findIndex((line, index) => index > start && !line.startsWith("|")),
    );
    const [names = [], , ...cells] = table.map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    const wanted = faultColumns.map((name) => names.indexOf(name));
    if (from < 0 || wanted.includes(-1)) throw new Error(`docs/architecture.md: ${heading} has no table of faults`);
    return cells.map((row) => wanted.map((index) => row[index] ?? ""));
  });
  const lines = [["Fault", "Promise", "Test"], ["---", "---", "---"], ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const pages: readonly { path: string; text: string }[] = [
  {
    path: "docs/architecture.md",
    text: await renderWithin(
      "docs/architecture.md",
      "states of a submission",
      `\n${renderStateDiagram()}\n\n${renderTransitions()}\n`,
    ),
  },
  { path: "docs/errors.md", text: renderErrorPage() },
  { path: "docs/logging.md", text: await renderWithin("docs/logging.md", "fields", `\n${renderLogFields()}\n`) },
  {
    path: "docs/threat-model.md",
    text: await renderWithin("docs/threat-model.md", "promises under faults", `\n${await renderFaults()}\n`),
  },
  { path: "docs/roles.md", text: renderRolesPage() },
  { path: "docs/configuration.md", text: renderConfigurationPage() },
  { path: ".env.example", text: renderEnvironmentExample() },
  { path: "docs/report.schema.json", text: renderReportSchema() },
];

for (const { path, text } of pages) {
  const file = join(root, path);
  if (!process.argv.includes("--check")) {
    await writeFile(file, text);
    process.stdout.write(`${path} written\n`);
  } else if ((await readFile(file, "utf8").catch(() => "")) !== text) {
    process.stdout.write(`${path} is not what the code says; run: npm run docs\n`);
    process.exitCode = 1;
  }
}

if (!process.argv.includes("--check")) {
  const { imports } = await readImportGraph();
  await writeFile(join(root, drawingPath), renderDrawing(imports));
  process.stdout.write(`${drawingPath} written\n`);
}
