import { readFileSync } from "node:fs";

export interface SupportedBrowser {
  readonly name: "chrome" | "edge" | "firefox" | "safari";
  /** The oldest version that is supported. */
  readonly version: string;
}

const names = ["chrome", "edge", "firefox", "safari"] as const;

/** Reads entries such as `chrome >= 120`. Throws for any other, and when one of the four browsers is missing. */
export function readSupportedBrowsers(entries: readonly string[]): readonly SupportedBrowser[] {
  const versions = new Map(
    entries.map((entry) => {
      const [name = "", version = ""] = entry.split(" >= ");
      if (!names.some((known) => known === name) || !/^\d{1,4}(\.\d{1,4})?$/.test(version))
        throw new Error(`"browserslist" has an entry that is not understood: ${entry}`);
      return [name, version];
    }),
  );
  return names.map((name) => {
    const version = versions.get(name);
    if (version === undefined) throw new Error(`"browserslist" does not name ${name}`);
    return { name, version };
  });
}

const manifest = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as {
  readonly browserslist: readonly string[];
};

/** The one place is `browserslist` in package.json. */
export const supportedBrowsers = readSupportedBrowsers(manifest.browserslist);

/** The same as targets of Vite. */
export const buildTargets = supportedBrowsers.map(({ name, version }) => `${name}${version}`);

const properNames = { chrome: "Chrome", edge: "Edge", firefox: "Firefox", safari: "Safari" } as const;

/** The same for people; names of browsers are the same in every language. */
export const supportedBrowsersText = supportedBrowsers
  .map(({ name, version }) => `${properNames[name]} ${version}`)
  .join(", ");
