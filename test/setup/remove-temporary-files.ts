import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { directoryPrefix, memory } from "./memory-directory.ts";

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Removes the in-memory directories of a run's processes, and of runs that were killed. */
function removeDirectories(isOver: (run: number) => boolean): void {
  let names: string[] = [];
  try {
    names = readdirSync(memory);
  } catch {
    // The directory does not exist.
  }
  for (const name of names) {
    if (!name.startsWith(directoryPrefix)) continue;
    const run = Number(name.slice(directoryPrefix.length).split("-")[0]);
    if (isOver(run)) rmSync(join(memory, name), { recursive: true, force: true });
  }
}

export default function setup(): () => void {
  removeDirectories((run) => !isAlive(run));
  return () => removeDirectories((run) => run === process.pid);
}
