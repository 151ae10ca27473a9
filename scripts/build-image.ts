/**
 * Builds the image of this commit's archive with buildah and, where podman is installed too, runs it as docs/containers.md says:
 * read-only, without capabilities, as an unprivileged account. Not part of `npm test`. IMAGE_STORAGE names a storage directory
 * other than the user's.
 */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { chown } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onStopRequest, runProcess, stopAllProcesses } from "./processes.mjs";
import { describeFailure, Refusal, step } from "./step.mjs";
import { root } from "./toolchain.mjs";

const uid = 10_001;
const healthRetries = 3;
const image = "localhost/wsc-dashboard:trial";
const container = `wsc-trial-${process.pid}`;
const runtime = ["--runtime", "runc", "--cgroup-manager", "cgroupfs"];
const storage = process.env.IMAGE_STORAGE;
const storageOptions =
  storage === undefined
    ? []
    : ["--storage-driver", "vfs", "--root", join(storage, "root"), "--runroot", join(storage, "run")];

async function has(program: string): Promise<boolean> {
  return runProcess(program, ["--version"]).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function run(program: string, args: readonly string[]): Promise<string> {
  const { ok, output } = await runProcess(program, [...storageOptions, ...args], { cwd: root });
  if (!ok) throw new Refusal(`${[program, ...args.slice(0, 3)].join(" ")} failed.`, output);
  return output.trim();
}

async function buildImage(): Promise<string> {
  const archive = readdirSync(join(root, "dist")).find((name) => name.endsWith("-linux-x64.tar.gz"));
  if (archive === undefined) throw new Refusal("There is no archive in dist: npm run release");
  const options = ["--isolation", "chroot", "--pull-never", "--format", "docker", "--build-arg", `ARCHIVE=${archive}`];
  await run("buildah", ["bud", ...options, "-t", image, "-f", "deploy/Dockerfile", "dist"]);
  return archive;
}

const settings: Readonly<Record<string, string>> = {
  WSC_PUBLIC_ORIGIN: "https://wsc.example.com",
  WSC_UPSTREAM: "custom",
  WSC_UPSTREAM_URL: "https://127.0.0.1:9",
  WSC_ACCESS_KEY: "access-key-of-a-trial",
  WSC_SECRET_KEY: "secret-key-of-a-trial",
  WSC_ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString("base64"),
  WSC_AUTH_MODE: "header",
  WSC_AUTH_PRESET: "oauth2-proxy",
  WSC_TRUSTED_PROXIES: "127.0.0.1",
  WSC_PROXY_SECRET: "0123456789abcdef0123456789abcdef",
  WSC_ROLE_MAP: '{"security":"operator"}',
};

async function startContainer(data: string): Promise<string> {
  const limits = [
    "--ulimit",
    "nofile=20000:20000",
    "--ulimit",
    "nproc=4096:4096",
    "--memory",
    "512m",
    "--pids-limit",
    "200",
  ];
  const rights = [
    "--read-only",
    "--cap-drop",
    "ALL",
    "--security-opt",
    "no-new-privileges",
    "--tmpfs",
    "/tmp:size=64m",
  ];
  const environment = Object.entries({ ...settings, HOST: "127.0.0.1", PORT: "4890" }).flatMap(([name, value]) => [
    "--env",
    `${name}=${value}`,
  ]);
  const where = ["--network", "host", "-v", `${data}:/data`];
  await run("podman", [
    ...runtime,
    "run",
    "--detach",
    "--name",
    container,
    ...rights,
    ...limits,
    ...where,
    ...environment,
    image,
  ]);
  const startedAt = performance.now();
  for (;;) {
    const status = await fetch("http://127.0.0.1:4890/readyz").then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return `/readyz answers 200 after ${Math.round(performance.now() - startedAt)} ms`;
    if (performance.now() - startedAt > 60_000)
      throw new Refusal("It is not ready after a minute.", await run("podman", ["logs", container]));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const inside = (...words: string[]): Promise<string> => run("podman", [...runtime, "exec", container, ...words]);

async function inspectContainer(): Promise<string> {
  const id = await inside("node", "-p", "process.getuid() + ' ' + process.getgid()");
  if (id !== `${uid} ${uid}`) throw new Refusal(`It runs as ${id}.`);
  const write =
    "try { require('fs').writeFileSync('/app/x', ''); console.log('written') } catch (e) { console.log(e.code) }";
  const written = await inside("node", "-e", write);
  if (written === "written") throw new Refusal("The root file system can be written to.");
  const version = await inside("wsc", "--version");
  await inside("wsc", "backup", "--output", "/data/trial.sqlite");
  const checked = await inside("wsc", "restore", "--check", "/data/trial.sqlite");
  return `uid ${uid}, writing to /app: ${written}, wsc ${version}, ${checked.split("\n").join("; ")}`;
}

/** As an engine does: unhealthy is what fails as often in a row as the image's HEALTHCHECK says. */
async function checkHealth(): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const startedAt = performance.now();
    try {
      await run("podman", [...runtime, "healthcheck", "run", container]);
      return `healthy after ${Math.round(performance.now() - startedAt)} ms, attempt ${attempt} of ${healthRetries}`;
    } catch (error) {
      if (attempt === healthRetries) throw error;
    }
  }
}

async function stopContainer(): Promise<string> {
  const startedAt = performance.now();
  await run("podman", [...runtime, "stop", "--time", "30", container]);
  const code = await run("podman", ["inspect", "--format", "{{.State.ExitCode}}", container]);
  if (code !== "0") throw new Refusal(`It ended with exit code ${code}.`, await run("podman", ["logs", container]));
  return `exit code 0 after ${Math.round(performance.now() - startedAt)} ms`;
}

async function tryImage(): Promise<void> {
  if (!(await has("buildah"))) {
    process.stdout.write("skipped: buildah is not installed, so the image was neither built nor run\n");
    return;
  }
  await step("build", buildImage, (detail) => ({ detail }));
  if (!(await has("podman"))) {
    process.stdout.write("skipped: podman is not installed, so the image was built but not run\n");
    return;
  }
  const data = mkdtempSync(join(tmpdir(), "wsc-image-"));
  try {
    await chown(data, uid, uid);
    const detail = (text: string) => ({ detail: text });
    await step("start", () => startContainer(data), detail);
    await step("inside", inspectContainer, detail);
    await step("health", checkHealth, detail);
    await step("stop", stopContainer, detail);
  } finally {
    await run("podman", [...runtime, "rm", "--force", "--time", "1", container]).catch(() => "");
    rmSync(data, { recursive: true, force: true });
  }
}

onStopRequest(() => void stopAllProcesses().then(() => process.exit(130)));
try {
  await tryImage();
} catch (error) {
  process.stderr.write(describeFailure(error));
  process.exitCode = 1;
}
