import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { directoryPrefix, memory } from "./memory-directory.ts";

// Hundreds of tests have their own database, and every commit waits for the disk: on a slow one that is most of their time. Where
// memory is sufficient, their temporary files are kept there; syncs are called all the same.
const neededBytes = 4 * 1024 ** 3;
/** Set once for all test files of a process. */
const mark = "TEMPORARY_FILES_OF_TESTS";

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= neededBytes;
  } catch {
    return false;
  }
}

function canRunProgramsIn(directory: string): boolean {
  const program = join(directory, "program");
  writeFileSync(program, "#!/bin/sh\n", { mode: 0o755 });
  const { status } = spawnSync(program);
  rmSync(program);
  return status === 0;
}

if (process.env[mark] === undefined) {
  process.env[mark] = "disk";
  if (hasRoom()) {
    // remove-temporary-files.ts removes it by this name.
    const directory = mkdtempSync(join(memory, `${directoryPrefix}${process.ppid}-`));
    // When root runs the tests, PostgreSQL runs as another user.
    chmodSync(directory, 0o711);
    if (canRunProgramsIn(directory)) {
      process.env[mark] = "memory";
      process.env.TMPDIR = directory;
    }
  }
}
