import { createHash } from "node:crypto";
import { chmodSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { constants, gzipSync } from "node:zlib";
import { runProcess } from "../processes.mjs";
import { Refusal } from "../step.mjs";

function* filesBelow(directory: string): Generator<string> {
  for (const name of readdirSync(directory).sort()) {
    const path = join(directory, name);
    if (lstatSync(path).isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** Writes SHA256SUMS over all files of a directory, and sets their modes: executable below bin, otherwise readable. */
export function sealDirectory(directory: string): void {
  const lines = [...filesBelow(directory)].map((path) => {
    const name = relative(directory, path);
    chmodSync(path, name.startsWith("bin/") ? 0o755 : 0o644);
    return `${hashOf(readFileSync(path))}  ${name}\n`;
  });
  writeFileSync(join(directory, "SHA256SUMS"), lines.join(""), { mode: 0o644 });
}

/** Packs a directory; the same content and date give the same bytes. Returns the archive's hash. */
export async function packDirectory(directory: string, archive: string, date: Date): Promise<string> {
  const tarFile = archive.replace(/\.gz$/, "");
  const fixed = ["--sort=name", "--format=ustar", "--owner=0", "--group=0", "--numeric-owner", "--mode=u+rwX,go=rX"];
  const { ok, output } = await runProcess("tar", [
    ...fixed,
    `--mtime=@${Math.floor(date.getTime() / 1000)}`,
    ...["-cf", tarFile, "-C", dirname(directory), basename(directory)],
  ]);
  if (!ok) throw new Refusal("GNU tar could not pack the archive.", output);
  const bytes = gzipSync(readFileSync(tarFile), { level: constants.Z_BEST_COMPRESSION });
  writeFileSync(archive, bytes);
  rmSync(tarFile);
  const hash = hashOf(bytes);
  writeFileSync(`${archive}.sha256`, `${hash}  ${basename(archive)}\n`);
  return hash;
}
