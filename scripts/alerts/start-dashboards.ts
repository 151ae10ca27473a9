import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startLocalIdp } from "@wsc-dashboard/local-idp";
import { createEmulator, type Emulator } from "@wsc-dashboard/wsc-emulator";
import { Visitor } from "../../apps/bff/test/identity/visitor.ts";
import { openTargets } from "../../apps/bff/test/open-targets.ts";
import { startPostgres } from "../../apps/bff/test/start-postgres.ts";
import { freePort } from "../free-port.ts";
import { type LaunchedBff, launchBff, randomApiKey, randomEncryptionKey } from "../launch-bff.ts";

const proxySecret = "a-secret-between-proxy-and-server-of-a-trial";
const guardHeaders = { "X-WSC-Request": "1", "Sec-Fetch-Site": "same-origin" };

/** The headers by which the proxy names a person of the dashboard in mode `header`. */
export const headersOf = (name: string, role: string): Record<string, string> => ({
  ...guardHeaders,
  "X-WSC-Proxy-Secret": proxySecret,
  "X-Forwarded-User": name,
  "X-Forwarded-Groups": role,
});

export interface Dashboard {
  readonly origin: string;
  readonly port: number;
  readonly metricsPort: number;
  readonly dataDirectory: string;
  readonly emulator: Emulator;
  readonly bff: LaunchedBff;
  /** Starts the process again after it has ended, with the same settings. */
  restart(): Promise<void>;
}

const roleMap = JSON.stringify({ viewer: "viewer", operator: "operator", admin: "admin", auditor: "auditor" });

async function startDashboard(
  directory: string,
  place: { readonly port: number; readonly metricsPort: number },
  settings: Readonly<Record<string, string>>,
): Promise<Dashboard> {
  const keys = { accessKey: randomApiKey(), secretKey: randomApiKey() };
  const emulator = await createEmulator({ ...keys, seed: true, paceMs: 3_600_000, queueLimit: 1_000 });
  const origin = `http://127.0.0.1:${place.port}`;
  mkdirSync(directory, { mode: 0o700 });
  const launch = {
    origin,
    env: {
      HOST: "127.0.0.1",
      PORT: String(place.port),
      WSC_PUBLIC_ORIGIN: origin,
      WSC_METRICS_PORT: String(place.metricsPort),
      WSC_DATA_DIR: directory,
      WSC_UPSTREAM: "custom",
      WSC_UPSTREAM_URL: emulator.origin,
      WSC_ACCESS_KEY: keys.accessKey,
      WSC_SECRET_KEY: keys.secretKey,
      WSC_ENCRYPTION_KEYS: randomEncryptionKey(),
      WSC_ROLE_MAP: roleMap,
      WSC_ALLOW_NON_BROWSER: "true",
      WSC_BUDGET_PER_USER_HOUR: "0",
      WSC_BACKGROUND_READ_MS: "0",
      WSC_LIST_POLL_MS: "0",
      ...settings,
    },
  };
  let bff = await launchBff(launch);
  return {
    ...{ ...place, origin, dataDirectory: directory, emulator },
    get bff() {
      return bff;
    },
    async restart() {
      bff = await launchBff(launch);
    },
  };
}

export type Dashboards = Awaited<ReturnType<typeof startDashboards>>;

/**
 * Two dashboards. `plain`: SQLite, behind a proxy, a budget of 12 jobs. `other`: PostgreSQL, an identity provider, a gateway that
 * has never shown a whole memo, and short windows.
 */
export async function startDashboards(directory: string) {
  const targets = await openTargets(16);
  const plain = await startDashboard(
    join(directory, "plain"),
    { port: await freePort(), metricsPort: await freePort() },
    {
      WSC_AUTH_MODE: "header",
      WSC_AUTH_PRESET: "oauth2-proxy",
      WSC_TRUSTED_PROXIES: "127.0.0.1",
      WSC_PROXY_SECRET: proxySecret,
      WSC_BUDGET_PER_DAY: "12",
      WSC_INTERNAL_RECEIVERS: "127.0.0.1",
    },
  );
  const postgres = await startPostgres();
  const databaseUrl = await postgres.createDatabase();
  const place = { port: await freePort(), metricsPort: await freePort() };
  const provider = await startLocalIdp(`http://127.0.0.1:${place.port}`);
  const other = await startDashboard(join(directory, "other"), place, {
    ...provider.settings,
    WSC_DATABASE_URL: databaseUrl,
    WSC_BUDGET_PER_DAY: "0",
    WSC_SIGNATURE_VALIDITY_MS: "2000",
    WSC_INDEX_LAG_MS: "500",
    WSC_RECONCILE_STEP_MS: "500",
  });
  return {
    ...{ targets: [...targets.urls], plain, other, postgres, databaseUrl, provider },
    operator: new Visitor(other.origin),
    auditor: new Visitor(other.origin),
    async close(): Promise<void> {
      await Promise.all([plain.bff.stop(), other.bff.stop()]);
      targets.close();
      await Promise.all([plain.emulator.close(), other.emulator.close(), postgres.close(), provider.close()]);
    },
  };
}

export interface Call {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Status and JSON of a response; status 0 when there is none within ten seconds. */
export async function call(
  url: string,
  { method = "GET", body, headers = {} }: Call = {},
  send: (url: string, init: RequestInit) => Promise<Response> = fetch,
): Promise<{ readonly status: number; readonly json: Record<string, unknown> }> {
  const changing =
    method === "GET" ? {} : { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() };
  const init: RequestInit = {
    method,
    headers: { ...guardHeaders, ...changing, ...headers },
    signal: AbortSignal.timeout(10_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  try {
    const answer = await send(url, init);
    const text = await answer.text();
    return { status: answer.status, json: text.startsWith("{") ? JSON.parse(text) : {} };
  } catch {
    return { status: 0, json: {} };
  }
}
