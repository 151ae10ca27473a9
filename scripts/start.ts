/**
 * Builds, then runs the whole product on this machine: the emulator with its demo site and the BFF that serves the web.
 * With WSC_AUTH_MODE=oidc and no WSC_AUTH_ISSUER it also runs an identity provider, where four invented people sign in.
 * What the person has set in the environment or in .env wins; with WSC_UPSTREAM set there is no emulator.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type LocalIdp, startLocalIdp } from "@wsc-dashboard/local-idp";
import { createDemoSite, createEmulator, demoMember } from "@wsc-dashboard/wsc-emulator";
import { build } from "./build.ts";
import { freePort, isPortFree } from "./free-port.ts";
import { type LaunchedBff, launchBff, randomApiKey } from "./launch-bff.ts";
import { onStopRequest, stopAllProcesses } from "./processes.mjs";
import { describeFailure, Refusal, step } from "./step.mjs";
import { root } from "./toolchain.mjs";

const preferredPort = 3000;
const preferredDemoPort = 3100;

const closers: (() => Promise<void>)[] = [];
let stopping: Promise<void> | undefined;

function stopEverything(): Promise<void> {
  stopping ??= (async () => {
    await stopAllProcesses();
    await Promise.allSettled(closers.map((close) => close()));
  })();
  return stopping;
}

onStopRequest(() => {
  process.stdout.write("\nStopping.\n");
  void stopEverything().then(() => process.exit(0));
});

try {
  await main();
} catch (error) {
  const wasAsked = stopping !== undefined;
  await stopEverything();
  if (wasAsked) process.exit(0);
  process.stderr.write(`\n${describeFailure(error)}`);
  process.exit(1);
}

async function main(): Promise<void> {
  const hasFile = readSettingsFile();
  await step("build", build, (detail) => ({ detail }));
  const local = isSet("WSC_UPSTREAM") || isSet("WSC_UPSTREAM_URL") ? null : await step("emulator", startEmulator);
  const host = process.env.HOST || "127.0.0.1";
  const port = await choosePort(host);
  const address = `http://${shownHost(host)}:${port}`;
  const wantsIdp = process.env.WSC_AUTH_MODE === "oidc" && !isSet("WSC_AUTH_ISSUER");
  const idp = wantsIdp ? await step("idp", () => startIdp(process.env.WSC_PUBLIC_ORIGIN || address)) : null;
  const env = bffEnvironment({ host, port: String(port), emulator: local });
  if (idp !== null) Object.assign(env, idpEnvironment(idp, process.env.WSC_PUBLIC_ORIGIN || address));
  let isQuiet = true;
  const onLine = (line: string): void => {
    if (!isQuiet) process.stdout.write(`${line}\n`);
  };
  const bff = await step("bff", () => launchBff({ env, origin: address, onLine }));

  const shown = process.env.WSC_PUBLIC_ORIGIN || address;
  const rows = [
    ["Dashboard", shown],
    ...(local === null
      ? []
      : [
          ["Demo site", `${local.demoSite}   weak on purpose; scan this address`],
          ["", `its login: member ${demoMember.id}, password ${demoMember.password}`],
        ]),
    [
      "Upstream",
      local === null ? "as set in the environment" : `emulator at ${local.origin}, filled with an invented history`,
    ],
    ...(idp === null ? [] : [["Sign-in", `identity provider at ${idp.issuer}, without passwords`]]),
    ...(hasFile ? [["Settings", ".env was read"]] : []),
    ["Stop", "Ctrl-C"],
  ];
  process.stdout.write(`\n${rows.map(([name = "", text]) => `  ${name.padEnd(11)}${text}`).join("\n")}\n\n`);
  isQuiet = false;
  for (const line of bff.lines) onLine(line);
  await untilEnded(bff);
}

/** The BFF that ends on its own takes the rest with it. */
async function untilEnded(bff: LaunchedBff): Promise<void> {
  const code = await bff.ended;
  if (stopping !== undefined) return;
  throw new Refusal(`The BFF ended by itself${code === null ? "" : ` with exit code ${code}`}.`);
}

function readSettingsFile(): boolean {
  try {
    process.loadEnvFile(join(root, ".env"));
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw new Refusal(".env cannot be read. Each line is NAME=value.", String(error));
  }
}

interface LocalUpstream {
  readonly origin: string;
  readonly demoSite: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

async function startEmulator(): Promise<LocalUpstream> {
  const keys = { accessKey: apiKey("WSC_ACCESS_KEY"), secretKey: apiKey("WSC_SECRET_KEY") };
  const emulator = await createEmulator({ ...keys, seed: true });
  closers.push(() => emulator.close());
  const demoSite = await createDemoSite({ port: await freePort(preferredDemoPort) });
  closers.push(() => demoSite.close());
  return { ...keys, origin: emulator.origin, demoSite: demoSite.origin };
}

async function startIdp(dashboardOrigin: string): Promise<LocalIdp> {
  const idp = await startLocalIdp(dashboardOrigin);
  closers.push(() => idp.close());
  return idp;
}

function idpEnvironment(idp: LocalIdp, dashboardOrigin: string): Record<string, string> {
  return {
    WSC_AUTH_ISSUER: idp.issuer,
    WSC_OIDC_CLIENT_ID: idp.clientId,
    WSC_OIDC_CLIENT_SECRET: idp.clientSecret,
    WSC_PUBLIC_ORIGIN: dashboardOrigin,
    WSC_ROLE_MAP: idp.roleMap,
  };
}

/** The emulator knows the person's key when there is one, so that a half-filled .env works as well. */
function apiKey(name: "WSC_ACCESS_KEY" | "WSC_SECRET_KEY"): string {
  const file = process.env[`${name}_FILE`];
  if (process.env[name]) return process.env[name].trim();
  return file ? readFileSync(file, "utf8").trim() : randomApiKey();
}

function bffEnvironment(local: { host: string; port: string; emulator: LocalUpstream | null }): NodeJS.ProcessEnv {
  const defaults: Record<string, string> = {
    WSC_AUTH_MODE: "dev",
    // A schedule made for the demo site must never meet a real account.
    WSC_DATA_DIR: join(root, ".data", local.emulator === null ? "upstream" : "emulator"),
    WSC_LOG_LEVEL: "warn",
  };
  if (local.emulator !== null) {
    defaults.WSC_UPSTREAM = "custom";
    defaults.WSC_UPSTREAM_URL = local.emulator.origin;
    defaults.WSC_ACCESS_KEY = local.emulator.accessKey;
    defaults.WSC_SECRET_KEY = local.emulator.secretKey;
    defaults.WSC_LIST_POLL_MS = "2000";
    // The demo site lives on this machine.
    defaults.WSC_ALLOW_PRIVATE_TARGETS = "true";
  }
  const env: NodeJS.ProcessEnv = { ...process.env, HOST: local.host, PORT: local.port };
  // The dev sign-in mode insists on it; a person who chose another mode also chooses this.
  if (!isSet("WSC_AUTH_MODE")) env.NODE_ENV = "development";
  for (const [name, value] of Object.entries(defaults)) if (!isSet(name)) env[name] = value;
  return env;
}

function isSet(name: string): boolean {
  return Boolean(process.env[name] || process.env[`${name}_FILE`]);
}

async function choosePort(host: string): Promise<number> {
  const wanted = process.env.PORT;
  if (!wanted || wanted === "0") return freePort(wanted === "0" ? 0 : preferredPort, host);
  const port = Number(wanted);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Refusal(`PORT is ${wanted}, which is not a port.`);
  if (!(await isPortFree(port, host)))
    throw new Refusal(`Port ${port} of ${host} cannot be used: stop what listens there, or set PORT to another one.`);
  return port;
}

function shownHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
