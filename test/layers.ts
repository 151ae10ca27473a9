/**
 * The layers of the product and the allowed imports between them, which only go down. import-rules.test.ts checks all sources.
 */

export interface Layer {
  /** A folder with a trailing slash, or one file. A file belongs to the layer with the longest matching path. */
  readonly path: string;
  /** Layers it may import besides itself. */
  readonly imports: readonly string[];
  /** External packages it may import, by specifier. */
  readonly packages: RegExp;
  /** Its subfolders are isolated: one must not import another. */
  readonly isSplit?: true;
}

const none = /^$/;
const react = /^(?:react|react-dom(?:\/client)?|lucide-react|@tanstack\/react-(?:query|router)|react-hook-form)$/;
const webApi =
  /^(?:react|react-dom(?:\/client)?|lucide-react|@tanstack\/react-(?:query|router)|react-hook-form|eventsource-parser(\/.*)?)$/;
const webPages = new RegExp(`${react.source}|^@hookform/resolvers/standard-schema$|^zod/mini$`);
const webFields = new RegExp(`${webPages.source}|^punycode/punycode\\.js$`);
const webForms = /^(?:react|react-hook-form|@hookform\/resolvers\/standard-schema|zod\/mini)$/;
const server = /^(?:node:.*|zod\/mini|express|helmet|pino)$/;
const served = /^(?:proxy-addr|node:.*|zod\/mini|express|helmet|lru-cache)$/;
const upstream = /^(?:node:.*|lru-cache)$/;
const stored = /^(?:node:.*|zod\/mini|kysely|kysely\/migration|pg|better-sqlite3|croner)$/;
const database = new RegExp(`${stored.source}|^lru-cache$`);
const recorded = /^(?:node:.*|zod\/mini|kysely|lru-cache)$/;
const reported = /^(?:node:.*|lru-cache)$/;
const monitored = /^(?:node:.*|kysely|prom-client)$/;
const emulator = /^(?:node:.*|zod\/mini|cookie|express|htmlparser2)$/;

export const layers = {
  // Available to the browser: the core's entry, our API, and below both the domain and the error catalogue.
  core: {
    path: "packages/wsc-core/src/index.ts",
    imports: ["core/api", "core/domain", "core/errors"],
    packages: none,
  },
  "core/api": {
    path: "packages/wsc-core/src/api/",
    imports: ["core/domain", "core/errors"],
    packages: /^zod\/mini$/,
  },
  // Servers only: the vendor's wire format, parsed into the domain, and its transport.
  "core/node": {
    path: "packages/wsc-core/src/node/",
    imports: ["core/upstream", "core/errors"],
    packages: /^(?:node:.*|zod\/mini)$/,
  },
  "core/upstream": {
    path: "packages/wsc-core/src/upstream/",
    imports: ["core/domain", "core/errors"],
    packages: /^zod\/mini$/,
  },
  "core/domain": { path: "packages/wsc-core/src/domain/", imports: [], packages: /^zod\/mini$/ },
  "core/errors": { path: "packages/wsc-core/src/errors/", imports: [], packages: /^zod\/mini$/ },

  // It reads recorded files; it creates its responses itself.
  emulator: { path: "packages/wsc-emulator/src/", imports: ["core", "core/node", "core/upstream"], packages: emulator },

  "local-idp": {
    path: "packages/local-idp/src/",
    imports: [],
    packages: /^(?:node:.*|cookie|jose|oidc-provider|openid-client)$/,
  },

  "bff/main": {
    path: "apps/bff/src/main.ts",
    imports: ["bff/app"],
    packages: none,
  },
  "bff/app": {
    path: "apps/bff/src/",
    imports: [
      "bff/timers",
      "bff/tracing",
      "bff/calls",
      "bff/handlers",
      "bff/http",
      "bff/intake",
      "bff/dispatch",
      "bff/gateway-facts",
      "bff/outbox",
      "bff/job-requests",
      "bff/schedules",
      "bff/reports",
      "bff/verdicts",
      "bff/target-details",
      "bff/summaries",
      "bff/targets",
      "bff/drafts",
      "bff/views",
      "bff/tokens",
      "bff/deliveries",
      "bff/audit",
      "bff/rotation",
      "bff/status",
      "bff/database",
      "bff/upstream",
      "bff/probe",
      "bff/identity",
      "bff/config",
      "bff/log",
      "core",
      "core/node",
    ],
    packages: server,
  },
  "bff/tracing": {
    path: "apps/bff/src/tracing/",
    imports: ["bff/timers", "bff/config", "bff/log"],
    packages: /^@opentelemetry\/.*$/,
  },
  "bff/handlers": {
    path: "apps/bff/src/handlers/",
    imports: [
      "bff/shares",
      "bff/errors",
      "bff/calls",
      "bff/intake",
      "bff/dispatch",
      "bff/gateway-facts",
      "bff/outbox",
      "bff/job-requests",
      "bff/schedules",
      "bff/reports",
      "bff/verdicts",
      "bff/target-details",
      "bff/summaries",
      "bff/targets",
      "bff/drafts",
      "bff/views",
      "bff/tokens",
      "bff/deliveries",
      "bff/audit",
      "bff/status",
      "bff/upstream",
      "bff/probe",
      "bff/identity",
      "bff/config",
      "core",
      "core/node",
      "core/upstream",
    ],
    packages: server,
  },
  "bff/http": {
    path: "apps/bff/src/http/",
    imports: [
      "bff/tracing",
      "bff/shares",
      "bff/calls",
      "bff/audit",
      "bff/database",
      "bff/identity",
      "bff/config",
      "bff/log",
      "core",
      "core/node",
    ],
    packages: served,
  },
  "bff/intake": {
    path: "apps/bff/src/intake/",
    imports: ["bff/calls", "bff/dispatch", "bff/schedules", "bff/outbox", "bff/job-requests", "bff/database", "core"],
    packages: stored,
  },
  "bff/dispatch": {
    path: "apps/bff/src/dispatch/",
    imports: [
      "bff/timers",
      "bff/gateway-facts",
      "bff/outbox",
      "bff/job-requests",
      "bff/targets",
      "bff/database",
      "bff/upstream",
      "bff/log",
      "core",
      "core/node",
      "core/upstream",
    ],
    packages: none,
  },
  "bff/schedules": {
    path: "apps/bff/src/schedules/",
    imports: ["bff/notifications", "bff/errors", "bff/outbox", "bff/audit", "bff/database", "bff/identity", "core"],
    packages: /^(?:node:.*|kysely|croner|lru-cache)$/,
  },
  "bff/gateway-facts": {
    path: "apps/bff/src/gateway-facts/",
    imports: ["bff/database", "core"],
    packages: stored,
  },
  "bff/outbox": {
    path: "apps/bff/src/outbox/",
    imports: [
      "bff/notifications",
      "bff/gateway-facts",
      "bff/job-requests",
      "bff/audit",
      "bff/database",
      "bff/identity",
      "core",
    ],
    packages: stored,
  },
  "bff/job-requests": {
    path: "apps/bff/src/job-requests/",
    imports: ["bff/errors", "bff/targets", "core", "core/upstream"],
    packages: /^node:.*$/,
  },
  "bff/reports": {
    path: "apps/bff/src/reports/",
    imports: ["core/upstream", "bff/audit", "bff/database", "bff/upstream", "bff/identity", "core", "core/node"],
    packages: reported,
  },
  "bff/summaries": {
    path: "apps/bff/src/summaries/",
    imports: [
      "bff/timers",
      "bff/notifications",
      "bff/outbox",
      "bff/schedules",
      "bff/reports",
      "bff/verdicts",
      "bff/target-details",
      "bff/database",
      "bff/upstream",
      "bff/log",
      "core",
      "core/node",
    ],
    packages: stored,
  },
  "bff/verdicts": {
    path: "apps/bff/src/verdicts/",
    imports: ["bff/notifications", "bff/reports", "bff/audit", "bff/database", "core"],
    packages: recorded,
  },
  "bff/target-details": {
    path: "apps/bff/src/target-details/",
    imports: ["bff/notifications", "bff/audit", "bff/database", "core"],
    packages: recorded,
  },
  "bff/audit": {
    path: "apps/bff/src/audit/",
    imports: ["bff/shares", "bff/timers", "bff/database", "bff/config", "bff/log", "core", "core/node"],
    packages: recorded,
  },
  "bff/rotation": {
    path: "apps/bff/src/rotation/",
    imports: ["bff/audit", "bff/database", "bff/upstream", "bff/config", "bff/log", "core", "core/node"],
    packages: none,
  },
  "bff/status": {
    path: "apps/bff/src/status/",
    imports: ["bff/database", "core", "core/node"],
    packages: monitored,
  },
  "bff/targets": {
    path: "apps/bff/src/targets/",
    imports: ["bff/errors", "bff/database", "bff/log", "core"],
    packages: /^(?:node:.*|ipaddr\.js|tough-cookie|htmlparser2)$/,
  },
  "bff/tokens": {
    path: "apps/bff/src/tokens/",
    imports: ["bff/audit", "bff/identity", "bff/database", "bff/upstream", "core"],
    packages: /^(?:node:.*|express|kysely|lru-cache)$/,
  },
  // Stores events with the change that caused them; below the layers that are notified.
  "bff/notifications": {
    path: "apps/bff/src/notifications/",
    imports: ["bff/database", "core"],
    packages: stored,
  },
  "bff/deliveries": {
    path: "apps/bff/src/deliveries/",
    imports: [
      "bff/timers",
      "bff/notifications",
      "bff/targets",
      "bff/errors",
      "bff/audit",
      "bff/database",
      "bff/config",
      "bff/log",
      "core",
      "core/node",
    ],
    packages: /^(?:node:.*|kysely|nodemailer)$/,
  },
  "bff/drafts": { path: "apps/bff/src/drafts/", imports: ["bff/database", "core"], packages: stored },
  "bff/views": {
    path: "apps/bff/src/views/",
    imports: ["bff/audit", "bff/database", "core"],
    packages: recorded,
  },
  "bff/probe": {
    path: "apps/bff/src/probe/",
    imports: ["core", "core/node", "core/upstream"],
    packages: /^node:.*$/,
  },
  "bff/database": { path: "apps/bff/src/database/", imports: ["bff/timers", "core", "core/node"], packages: database },
  "bff/upstream": {
    path: "apps/bff/src/upstream/",
    imports: ["bff/shares", "bff/config", "bff/log", "core", "core/node", "core/upstream"],
    packages: upstream,
  },
  "bff/identity": {
    path: "apps/bff/src/identity/",
    imports: ["bff/audit", "bff/database", "bff/config", "core", "core/node"],
    packages: /^(?:node:.*|zod\/mini|express|jose|openid-client|kysely|lru-cache)$/,
  },
  "bff/config": {
    path: "apps/bff/src/config/",
    imports: ["core", "core/node", "core/upstream"],
    packages: server,
  },
  "bff/calls": {
    path: "apps/bff/src/calls/",
    imports: ["bff/identity", "bff/database", "bff/log", "core"],
    packages: /^zod\/mini$/,
  },
  "bff/errors": { path: "apps/bff/src/errors/", imports: ["core"], packages: none },
  "bff/shares": { path: "apps/bff/src/shares/", imports: ["core"], packages: /^(?:node:async_hooks|lru-cache)$/ },
  "bff/timers": { path: "apps/bff/src/timers/", imports: [], packages: none },
  "bff/log": { path: "apps/bff/src/log/", imports: ["bff/config", "core", "core/node"], packages: server },

  "web/main": {
    path: "apps/web/src/main.tsx",
    imports: ["web/app", "web/api", "web/messages", "web/styles", "core"],
    packages: react,
  },
  "web/app": {
    path: "apps/web/src/app/",
    imports: [
      "web/features",
      "web/job-wizard",
      "web/submissions",
      "web/api",
      "web/forms",
      "web/domain-ui",
      "web/ui",
      "web/messages",
      "core",
    ],
    packages: react,
  },
  "web/features": {
    path: "apps/web/src/features/",
    imports: [
      "web/verdicts",
      "web/views",
      "web/job-fields",
      "web/api",
      "web/forms",
      "web/domain-ui",
      "web/ui",
      "web/messages",
      "core",
    ],
    packages: webPages,
    isSplit: true,
  },
  // The wizard shows the outcome of its submission: the only import between two features.
  "web/job-wizard": {
    path: "apps/web/src/features/job-wizard/",
    imports: [
      "web/submissions",
      "web/job-fields",
      "web/api",
      "web/forms",
      "web/domain-ui",
      "web/ui",
      "web/messages",
      "core",
    ],
    packages: webPages,
  },
  "web/submissions": {
    path: "apps/web/src/features/submissions/",
    imports: ["web/api", "web/forms", "web/domain-ui", "web/ui", "web/messages", "core"],
    packages: react,
  },
  "web/job-fields": {
    path: "apps/web/src/job-fields/",
    imports: ["web/api", "web/forms", "web/domain-ui", "web/ui", "web/messages", "core"],
    packages: webFields,
  },
  // Verdicts on findings, for the pages of reports, comparisons and targets.
  "web/verdicts": {
    path: "apps/web/src/verdicts/",
    imports: ["web/api", "web/forms", "web/domain-ui", "web/ui", "web/messages", "core"],
    packages: react,
  },
  // Saved filters of lists, for the pages that have such a list.
  "web/views": {
    path: "apps/web/src/views/",
    imports: ["web/api", "web/forms", "web/ui", "web/messages", "core"],
    packages: react,
  },
  "web/forms": { path: "apps/web/src/forms/", imports: ["web/ui", "web/messages", "core"], packages: webForms },
  // Components that know severities, statuses, findings, reports and targets.
  "web/domain-ui": { path: "apps/web/src/domain-ui/", imports: ["web/ui", "web/messages", "core"], packages: react },
  // Knows no term of the domain, so it must not import the core.
  "web/ui": { path: "apps/web/src/ui/", imports: ["web/messages"], packages: react },
  "web/api": { path: "apps/web/src/api/", imports: ["core"], packages: webApi },
  "web/messages": { path: "apps/web/src/messages/", imports: ["core"], packages: /^react$/ },
  "web/styles": { path: "apps/web/src/styles/", imports: [], packages: none },
} as const satisfies Readonly<Record<string, Layer>>;

export type LayerName = keyof typeof layers;

/** Our own packages by specifier; others must not be imported. */
export const publicEntries: Readonly<Record<string, LayerName>> = {
  "@wsc-dashboard/wsc-core": "core",
  "@wsc-dashboard/wsc-core/node": "core/node",
  "@wsc-dashboard/wsc-core/upstream": "core/upstream",
  "@wsc-dashboard/wsc-emulator": "emulator",
  "@wsc-dashboard/local-idp": "local-idp",
};

/** Files that read the process environment; everything else receives its configuration as arguments. */
export const environmentReaders: ReadonlySet<string> = new Set([
  "apps/bff/src/config/env.ts",
  "packages/wsc-emulator/src/main.ts",
]);
