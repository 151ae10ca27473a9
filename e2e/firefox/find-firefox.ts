import { execFileSync } from "node:child_process";
import { delimiter, join } from "node:path";

const commandNames = ["firefox-esr", "firefox"];

/** Path and version of the Firefox on this machine, or null. */
export function findFirefox(): { readonly path: string; readonly version: string } | null {
  const directories = (process.env.PATH ?? "").split(delimiter);
  for (const path of directories.flatMap((directory) => commandNames.map((name) => join(directory, name)))) {
    try {
      return { path, version: execFileSync(path, ["--version"], { encoding: "utf8", stdio: "pipe" }).trim() };
    } catch {
      // Not there, or it does not start.
    }
  }
  return null;
}
