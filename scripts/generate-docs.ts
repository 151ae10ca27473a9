/**
 * Writes the pages that repeat what code says: docs/errors.md from the error catalogue, docs/configuration.md and .env.example
 * from the BFF's list of settings, docs/report.schema.json from the schema of exported reports. With --check says which of them are not what would be written.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ErrorEntry, errorCatalogue, reportDocumentJsonSchema } from "@wsc-dashboard/wsc-core";
import { settings } from "../apps/bff/src/config/env.ts";
import { root } from "./toolchain.mjs";

const origins = [
  {
    origin: "gateway",
    title: "Gateway",
    text: "Answers of the API gateway in front of the service: the request did not get through.",
  },
  { origin: "service", title: "Service", text: "Answers of Web Security Checker itself." },
  { origin: "dashboard", title: "Dashboard", text: "Reasons of this dashboard, in the field `code` of a problem." },
] as const satisfies readonly { origin: ErrorEntry["origin"]; title: string; text: string }[];

const retryWords: Readonly<Record<ErrorEntry["retry"], string>> = {
  no: "no: the same call fails again",
  later: "later: after time or an outside change",
  safe: "by itself for reads",
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
- **Repeated** tells what another attempt brings. createJob is never repeated, whatever stands here.
- **Job may exist** is for createJob: whether a job may have been made although this was the answer.
- **Field** is the JSON pointer into the body of \`POST /api/jobs\`.`;

function renderTable(rows: readonly [string, ErrorEntry][], origin: ErrorEntry["origin"]): string {
  const isVendor = origin !== "dashboard";
  const head = [
    "Code",
    ...(isVendor ? ["Vendor message", "Vendor HTTP"] : []),
    "HTTP",
    "Meaning",
    "Repeated",
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
  return [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.map(escapeCell).join(" | ")} |`).join("\n");
}

function vendorStatus({ upstreamStatus, newerUpstreamStatus }: ErrorEntry): string {
  if (upstreamStatus === undefined) return "";
  return newerUpstreamStatus === undefined ? String(upstreamStatus) : `${upstreamStatus} (${newerUpstreamStatus})`;
}

const escapeCell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

const fallbackOf = (setting: object): string => ("fallback" in setting ? String(setting.fallback) : "");

function renderConfigurationPage(): string {
  const rows = Object.entries(settings).map(([name, setting]) => [
    `\`${name}\`${setting.secret ? " \u{1f511}" : ""}`,
    fallbackOf(setting) === "" ? "" : `\`${fallbackOf(setting)}\``,
    setting.purpose,
  ]);
  return `# Configuration

Generated from \`apps/bff/src/config/env.ts\` by \`npm run docs\`; change it there.

Everything is set by environment variables. All problems are reported at once at the start, each with the variable's name; then the
process ends with code 1. A name that starts with \`WSC_\` and means nothing is pointed out. A secret (\u{1f511}) can come from a file:
\`WSC_SECRET_KEY_FILE=/run/secrets/wsc\` instead of \`WSC_SECRET_KEY\`. Secrets are taken out of the process environment once read.
Times are in milliseconds, 0 means none; booleans are \`true\` or \`false\`.

| Variable | Default | Meaning |
| --- | --- | --- |
${rows.map((cells) => `| ${cells.map(escapeCell).join(" | ")} |`).join("\n")}
`;
}

function renderEnvironmentExample(): string {
  const lines = Object.entries(settings).map(
    ([name, setting]) => `# ${setting.purpose}\n# ${name}=${fallbackOf(setting)}`,
  );
  return `# Every setting, with its default. \`npm start\` reads a file named .env; in production set them in the service.
# Generated from apps/bff/src/config/env.ts by \`npm run docs\`.

${lines.join("\n\n")}
`;
}

/** What the JSON export of a report looks like (JSON Schema 2020-12). */
function renderReportSchema(): string {
  return `${JSON.stringify(reportDocumentJsonSchema(), null, 2)}\n`;
}

const pages: readonly { path: string; text: string }[] = [
  { path: "docs/errors.md", text: renderErrorPage() },
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
