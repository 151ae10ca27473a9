/**
 * Child processes that never outlive this one. On POSIX each child leads its own process group, so that its descendants are
 * stopped with it. Runs on Node 18: the bootstrap needs it before Node 24 is there.
 */
import { spawn } from "node:child_process";

const hasProcessGroups = process.platform !== "win32";
const graceMs = 8000;

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();
/** @type {WeakSet<import("node:child_process").ChildProcess>} */
const groupLeaders = new WeakSet();

// The last resort, for an uncaught exception.
process.on("exit", () => {
  for (const child of children) signal(child, "SIGKILL");
});

/**
 * @typedef {object} SpawnOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {import("node:child_process").StdioOptions} [stdio]
 * @property {boolean} [sameGroup] stay in this process's group: for a child that shares the terminal
 */

/**
 * Starts a child and tracks it until it ends.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {SpawnOptions} [options]
 */
export function startProcess(command, args, options = {}) {
  const detached = hasProcessGroups && options.sameGroup !== true;
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: options.stdio ?? ["ignore", "pipe", "pipe"],
    detached,
    windowsHide: true,
  });
  children.add(child);
  if (detached) groupLeaders.add(child);
  child.once("error", () => children.delete(child));
  child.once("exit", () => {
    // Grandchildren may still hold the pipes open; without this "close" might never be emitted.
    if (detached) signal(child, "SIGKILL");
    children.delete(child);
  });
  return child;
}

/**
 * Runs a child to its end and collects its output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {SpawnOptions & { timeoutMs?: number }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>} rejects only when the command cannot be started
 */
export function runProcess(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = startProcess(command, args, options);
    /** @type {Buffer[]} */
    const chunks = [];
    let timedOut = false;
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            stopProcess(child);
          }, options.timeoutMs);
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once("close", (code, reason) => {
      clearTimeout(timer);
      let output = Buffer.concat(chunks).toString("utf8");
      if (timedOut) output += `\nstopped after ${(options.timeoutMs ?? 0) / 1000} s\n`;
      else if (reason !== null) output += `\nended by ${reason}\n`;
      resolve({ ok: code === 0 && !timedOut, output });
    });
  });
}

/**
 * Sends `first` to a child, SIGKILL after a grace period, and waits for its end.
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} [first]
 */
export function stopProcess(child, first = "SIGTERM") {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      resolve(undefined);
      return;
    }
    const timer = setTimeout(() => signal(child, "SIGKILL"), graceMs);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve(undefined);
    });
    signal(child, first);
  });
}

/** @param {NodeJS.Signals} [first] */
export async function stopAllProcesses(first) {
  await Promise.all([...children].map((child) => stopProcess(child, first)));
}

/**
 * Calls `stop` once: at SIGINT, SIGTERM or SIGHUP, and when the process that started this one has died.
 * @param {(signal: NodeJS.Signals) => void} stop
 */
export function onStopRequest(stop) {
  let asked = false;
  /** @param {NodeJS.Signals} reason */
  const once = (reason) => {
    if (asked) return;
    asked = true;
    stop(reason);
  };
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(name, () => once(name));
  if (process.connected) {
    process.once("disconnect", () => once("SIGTERM"));
    process.channel?.unref();
  }
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} name
 */
function signal(child, name) {
  if (child.pid === undefined) return;
  try {
    if (groupLeaders.has(child)) process.kill(-child.pid, name);
    else child.kill(name);
  } catch {
    // Already gone.
  }
}
