import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const documents = [
  "README.md",
  "SECURITY.md",
  ...readdirSync(join(root, "docs"), { recursive: true })
    .map((name) => `docs/${String(name).replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".md")),
];

it.each(documents)("every file that %s names exists", (document) => {
  const text = readFileSync(join(root, document), "utf8");
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, path = ""]) =>
    join(dirname(document), path),
  );
  // Written as code: from the root of the repository, with a folder and an ending.
  const paths = [...text.matchAll(/`((?:apps|packages|e2e|test|scripts|bench)\/[\w./-]+\.[a-z]+)`/g)].map(
    ([, path = ""]) => path,
  );
  const built = /\/dist\//;
  expect([...links, ...paths].filter((path) => !built.test(path) && !existsSync(join(root, path)))).toEqual([]);
});
