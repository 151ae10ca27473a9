/**
 * Builds, then runs the whole product on this machine: the emulator with its demo site and the BFF that serves the web. With
 * --watch the web is served from its sources with hot module replacement, in front of a BFF that restarts when one of its sources
 * changes; a change to the emulator needs a new start. With WSC_AUTH_MODE=oidc, jwt or header and no settings of an external
 * provider or proxy it also runs these, with four invented people who can log in. Settings of the environment or .env take
 * precedence; with WSC_UPSTREAM set there is no emulator.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDemoSite, createEmulator, demoMember } from "@wsc-dashboard/wsc-emulator";
import { build } from "./build.ts";
import { readEnvFile } from "./env-file.ts";
import { freePort, isPortFree } from "./free-port.ts";
import { type LaunchedBff, launchBff, randomApiKey, randomEncryptionKey } from "./launch-bff.ts";
import { type LocalSignIn, localSignIns, ownSignIn } from "./local-sign-in.ts";
import { onStopRequest, stopAllProcesses } from "./processes.mjs";
import { serveWeb } from "./serve-web.ts";
import { describeFailure, Refusal, step } from "./step.mjs";
import { root } from "./toolchain.mjs";

const preferredPort = 3000;
const preferredDemoPort = 3100;

const watch = process.argv.includes("--watch");
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
  // Watched parts run from their sources; the BFF only requires that some page has been built.
  const isBuilt = existsSync(join(root, "apps", "web", "dist", "index.html"));
  if (!(watch && isBuilt)) await step("build", build, (detail) => ({ detail }));
  const local = isSet("WSC_UPSTREAM") || isSet("WSC_UPSTREAM_URL") ? null : await step("emulator", startEmulator);
  const host = (process.env.HOST || "127.0.0.1").replace(/^\[(.*)\]$/, "$1");
  const port = await choosePort(host);
  const address = `http://${shownHost(host)}:${port}`;
  const shown = process.env.WSC_PUBLIC_ORIGIN || address;
  const signIn = await startSignIn({ origin: shown, host, port });
  const at = signIn?.dashboard ?? { host, port };
  const bffAt = watch ? { host: "127.0.0.1", port: await freePort() } : at;
  const bffOrigin = `http://${shownHost(bffAt.host)}:${bffAt.port}`;
  const env = bffEnvironment({ ...bffAt, emulator: local, signIn });
  if (watch) env.WSC_PUBLIC_ORIGIN ||= shown;
  let isQuiet = true;
  const onLine = (line: string): void => {
    if (!isQuiet) process.stdout.write(`${line}\n`);
  };
  const bff = await step("bff", () => launchBff({ env, origin: bffOrigin, onLine, watch }));
  if (watch) {
    const web = await step("web", () => serveWeb({ ...at, bffOrigin }));
    closers.push(() => web.close());
  }

  const rows = [
    ["Dashboard", shown],
    ...(local === null
      ? []
      : [
          ["Demo site", `${local.demoSite}   weak on purpose; scan this address`],
          ["", `its login: member ${demoMember.id}, password ${demoMember.password}`],
          ["Try it", `${shown}/demo   scan, with login, patch, re-scan, compare`],
        ]),
    [
      "Upstream",
      local === null ? "as set in the environment" : `emulator at ${local.origin}, filled with an invented history`,
    ],
    ...(signIn === null ? [] : [["Sign-in", `identity provider at ${signIn.idp.issuer}, without passwords`]]),
    ...(hasFile ? [["Settings", ".env was read"]] : []),
    ["Stop", "Ctrl-C"],
  ];
  process.stdout.write(`\n${rows.map(([name = "", text]) => `  ${name.padEnd(11)}${text}`).join("\n")}\n\n`);
  isQuiet = false;
  for (const line of bff.lines) onLine(line);
  await untilEnded(bff);
}

/** When the BFF ends by itself, everything else is stopped. */
async function untilEnded(bff: LaunchedBff): Promise<void> {
  const code = await bff.ended;
  if (stopping !== undefined) return;
  throw new Refusal(`The BFF ended by itself${code === null ? "" : ` with exit code ${code}`}.`);
}

/** Variables of the environment take precedence over the file. */
function readSettingsFile(): boolean {
  const path = join(root, ".env");
  if (!existsSync(path)) return false;
  for (const [name, value] of Object.entries(readEnvFile(readFileSync(path)))) process.env[name] ??= value;
  return true;
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

/** Starts a local identity provider or proxy, unless the mode needs none or an external one is set. */
async function startSignIn(place: Parameters<(typeof localSignIns)["oidc"]>[0]): Promise<LocalSignIn | null> {
  const mode = (["oidc", "jwt", "header"] as const).find((name) => name === process.env.WSC_AUTH_MODE);
  if (mode === undefined || ownSignIn[mode].some(isSet)) return null;
  const signIn = await step("sign-in", () => localSignIns[mode](place));
  closers.push(() => signIn.close());
  return signIn;
}

/** The emulator uses the person's key when there is one, so that a half-filled .env works as well. */
function apiKey(name: "WSC_ACCESS_KEY" | "WSC_SECRET_KEY"): string {
  const file = process.env[`${name}_FILE`];
  if (process.env[name]) return process.env[name].trim();
  return file ? readFileSync(file, "utf8").trim() : randomApiKey();
}

interface Surroundings {
  readonly host: string;
  readonly port: number;
  readonly emulator: LocalUpstream | null;
  readonly signIn: LocalSignIn | null;
}

function bffEnvironment({ host, port, emulator, signIn }: Surroundings): NodeJS.ProcessEnv {
  const defaults: Record<string, string> = {
    WSC_AUTH_MODE: "dev",
    // A schedule made for the demo site must never run on a real account.
    WSC_DATA_DIR: join(root, ".data", emulator === null ? "upstream" : "emulator"),
    WSC_LOG_LEVEL: "warn",
    ...signIn?.settings,
  };
  if (emulator !== null) {
    defaults.WSC_UPSTREAM = "custom";
    defaults.WSC_UPSTREAM_URL = emulator.origin;
    defaults.WSC_ACCESS_KEY = emulator.accessKey;
    defaults.WSC_SECRET_KEY = emulator.secretKey;
    defaults.WSC_LIST_POLL_MS = "2000";
    defaults.WSC_DEMO_SITE = emulator.demoSite;
    // The demo site is on this machine.
    defaults.WSC_ALLOW_PRIVATE_TARGETS = "true";
  }
  const env: NodeJS.ProcessEnv = { ...process.env, HOST: host, PORT: String(port) };
  // Authentication mode `dev` requires it; a person who sets another mode sets NODE_ENV too.
  if (!isSet("WSC_AUTH_MODE")) env.NODE_ENV = "development";
  for (const [name, value] of Object.entries(defaults)) if (!isSet(name)) env[name] = value;
  if (signIn !== null && !isSet("WSC_ENCRYPTION_KEYS")) {
    env.WSC_ENCRYPTION_KEYS_FILE = trialKeyFile(env.WSC_DATA_DIR ?? "");
  }
  return env;
}

/** The key file that dev mode uses too, so that a trial in another mode can decrypt what it stored. */
function trialKeyFile(dataDirectory: string): string {
  const path = join(dataDirectory, "dev-encryption.key");
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, randomEncryptionKey(), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return path;
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
