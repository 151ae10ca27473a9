import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { listFiles, readFiles, root } from "./read-sources.ts";

const documents = [...readFiles(/\.md$/)];

/** Links that leave the repository, or stay on the page. */
const external = /^(?:[a-z]+:|#)/i;

/** Relative links of a Markdown text, as paths from the repository's root, with the fragment if there is one. */
function listLinks(document: string, text: string): { readonly path: string; readonly fragment?: string }[] {
  return [...text.matchAll(/\]\(([^)\s]+)[^)\n]*\)/g)].flatMap(([, link = ""]) => {
    if (external.test(link)) return [];
    const [path = "", fragment] = link.split("#");
    return [{ path: join(dirname(document), path), ...(fragment === undefined ? {} : { fragment }) }];
  });
}

/** The anchors that a Markdown viewer makes of the headings. */
function listAnchors(text: string): string[] {
  return [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .trim()
      .replaceAll(" ", "-"),
  );
}

describe("Markdown documents", () => {
  it("name only files that exist", () => {
    const missing = documents.flatMap(([document, text]) => {
      const links = listLinks(document, text).map(({ path }) => path);
      // Written as code: from the repository's root, with a folder and a file extension.
      const paths = [...text.matchAll(/`((?:apps|packages|e2e|test|scripts|bench|docs)\/[\w./-]+\.[a-z]+)`/g)].map(
        ([, path = ""]) => path,
      );
      return [...links, ...paths]
        .filter((path) => !/(?:^|\/)dist\//.test(path) && !existsSync(join(root, path)))
        .map((path) => `${document}: ${path}`);
    });
    expect(missing).toEqual([]);
  });

  it("link only to headings that exist", () => {
    const texts = new Map(documents);
    const missing = documents.flatMap(([document, text]) => [
      ...listLinks(document, text).flatMap(({ path, fragment }) =>
        fragment === undefined || !path.endsWith(".md") || listAnchors(texts.get(path) ?? "").includes(fragment)
          ? []
          : [`${document}: ${path}#${fragment}`],
      ),
      ...[...text.matchAll(/\]\(#([^)\s]+)\)/g)].flatMap(([, fragment = ""]) =>
        listAnchors(text).includes(fragment) ? [] : [`${document}: #${fragment}`],
      ),
    ]);
    expect(missing).toEqual([]);
  });

  it("say in the index of the decisions the number and title of each decision, in order", () => {
    const titles = documents.flatMap(([path, text]) => {
      const [, name] = /^docs\/decisions\/(\d{4}-.+\.md)$/.exec(path) ?? [];
      const [, number, title] = /^# (\d+)\. (.+)$/m.exec(text) ?? [];
      return name === undefined ? [] : [`| ${number} | [${title}](${name}) |`];
    });
    const index = readFileSync(join(root, "docs/decisions/README.md"), "utf8");
    const rows = [...index.matchAll(/^(\| \d+ \| \[[^\]]+\]\([^)]+\) \|)/gm)].map(([, row]) => row);
    expect(titles.length).toBeGreaterThan(0);
    expect(rows).toEqual(titles);
  });

  it("stand in every app and package, as README.md", () => {
    const folders = listFiles().flatMap((path) => /^((?:apps|packages)\/[^/]+)\/package\.json$/.exec(path)?.[1] ?? []);
    expect(folders.length).toBeGreaterThan(0);
    expect(folders.filter((folder) => !existsSync(join(root, folder, "README.md")))).toEqual([]);
  });
});

describe("docs/upstream-api.md", () => {
  it("has every section that the code references", () => {
    const contract = readFileSync(join(root, "docs/upstream-api.md"), "utf8");
    const sections = new Set([...contract.matchAll(/^#{2,3} (\d+(?:\.\d+)?)\.? /gm)].map(([, number]) => number));
    const references = [...readFiles(/\.(?:tsx?|mjs)$/)].flatMap(([path, text]) =>
      [...text.matchAll(/upstream-api\.md sections? (\d+(?:\.\d+)?)(?: and (\d+(?:\.\d+)?))?/g)].flatMap(
        ([, ...numbers]) => numbers.filter((number) => number !== undefined).map((number) => ({ path, number })),
      ),
    );
    expect(references.length).toBeGreaterThan(30);
    expect(references.filter(({ number }) => !sections.has(number))).toEqual([]);
  });
});

describe("the licence", () => {
  it("is Apache-2.0 in LICENSE and in every package.json", () => {
    expect(readFileSync(join(root, "LICENSE"), "utf8")).toMatch(/^\s*Apache License\n\s*Version 2\.0, January 2004\n/);
    const packages = [...readFiles(/(?:^|\/)package\.json$/)];
    expect(packages.length).toBeGreaterThan(1);
    expect(packages.filter(([, text]) => JSON.parse(text).license !== "Apache-2.0").map(([path]) => path)).toEqual([]);
  });
});
