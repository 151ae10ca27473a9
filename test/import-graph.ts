import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { graphOptions, graphRules } from "./graph-rules.ts";
import { root } from "./read-sources.ts";

export interface GraphViolation {
  readonly file: string;
  readonly to: string;
  readonly rule: string;
}

const sourceFolders = ["apps/bff/src", "apps/bff/test", "apps/web/src"].concat(
  ["local-idp", "wsc-core", "wsc-emulator"].map((name) => `packages/${name}/src`),
);

/** Follows every import below the source folders of `directory` and reports those that the rules forbid. */
async function cruiseFolders(directory: string, folders: readonly string[]): Promise<ICruiseResult> {
  const { output } = await cruise([...folders], {
    ...graphOptions,
    baseDir: directory,
    ruleSet: { forbidden: graphRules },
    validate: true,
  });
  if (typeof output === "string") throw new Error("dependency-cruiser wrote a report instead of a result");
  return output;
}

const violationsIn = ({ summary }: ICruiseResult): GraphViolation[] =>
  summary.violations.map(({ from, to, rule }) => ({ file: from, to, rule: rule.name }));

export interface ImportGraph {
  /** The forbidden imports of the repository. */
  readonly violations: readonly GraphViolation[];
  /** Every import between two files, as paths in the repository. */
  readonly imports: readonly (readonly [string, string])[];
  /** The number of files followed. */
  readonly files: number;
}

export async function readImportGraph(): Promise<ImportGraph> {
  const result = await cruiseFolders(root, sourceFolders);
  const imports = result.modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }) => [source, resolved] as const),
  );
  return { violations: violationsIn(result), imports, files: result.summary.totalCruised };
}

/** The same for planted files (path to text), in a separate tree beside empty files for whatever they import. */
export async function findPlantedViolations(planted: ReadonlyMap<string, string>): Promise<GraphViolation[]> {
  const tree = mkdtempSync(join(tmpdir(), "import-graph-"));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  };
  try {
    mkdirSync(join(tree, "node_modules", "@wsc-dashboard"), { recursive: true });
    for (const name of ["local-idp", "wsc-core", "wsc-emulator"]) {
      write(`packages/${name}/package.json`, readFileSync(join(root, "packages", name, "package.json"), "utf8"));
      for (const folder of ["", "node/", "upstream/"]) write(`packages/${name}/src/${folder}index.ts`, "export {};");
      symlinkSync(join(tree, "packages", name), join(tree, "node_modules", "@wsc-dashboard", name));
    }
    for (const [file, text] of planted) {
      for (const [, target] of text.matchAll(/"(\.[^"]*)"/g)) {
        if (target !== undefined) write(posix.join(posix.dirname(file), target), "export {};");
      }
    }
    for (const [file, text] of planted) write(file, text);
    return violationsIn(await cruiseFolders(tree, ["apps", "packages"]));
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}
