import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import type { Plugin, Rolldown } from "vite";
import { earlyRequests, earlySession, pageWithoutSession } from "./early-requests.ts";
import { newerFeaturesIn } from "./newer-features.ts";
import { supportedBrowsers, supportedBrowsersText } from "./supported-browsers.ts";

const serverOnly = /\/(?:packages\/wsc-core\/src\/(?:node|upstream)|packages\/wsc-emulator|apps\/bff)\//;

/** Fails the build, and a unit test as well, when the browser's code reaches for a module that must stay on the server. */
export function guardServerModules(): Plugin {
  return {
    name: "guard-server-modules",
    enforce: "pre",
    load(id) {
      if (serverOnly.test(id.replaceAll("\\", "/"))) {
        this.error(`${id} is server-only and must not be loaded by apps/web`);
      }
    },
  };
}

const contractModule = /\/packages\/wsc-core\/src\/api\/[^/]+\.ts$/;
/** What the browser's code never reads from an endpoint. The schemas of its input are half of the contract. */
const serverFields = new Set(["params", "query", "body", "audit", "tokenScope", "idempotency", "status"]);

const errorCatalogueModule = /\/packages\/wsc-core\/src\/errors\/catalogue\.ts$/;
/** What the catalogue of errors says to operators; people read the texts in their language. */
const operatorFields = new Set(["meaning", "wireMessage", "actor"]);

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly callee?: SyntaxNode;
  readonly arguments?: readonly SyntaxNode[];
  readonly properties?: readonly SyntaxNode[];
  readonly key?: SyntaxNode;
  readonly name?: string;
}

/** The fields of a module's endpoints that only the server reads, as places in its code. */
function serverFieldsIn(node: unknown): SyntaxNode[] {
  if (typeof node !== "object" || node === null) return [];
  const { type, callee, arguments: [definition] = [] } = node as SyntaxNode;
  if (type !== "CallExpression" || callee?.name !== "endpoint") return Object.values(node).flatMap(serverFieldsIn);
  return definition?.properties?.filter(({ key }) => serverFields.has(key?.name ?? "")) ?? [];
}

/** The fields of the errors that people in front of a browser never see, as places in the code of their catalogue. */
function operatorFieldsIn(node: unknown): SyntaxNode[] {
  if (typeof node !== "object" || node === null) return [];
  const { type, properties = [] } = node as SyntaxNode;
  const found = type === "ObjectExpression" ? properties.filter(({ key }) => operatorFields.has(key?.name ?? "")) : [];
  return [...found, ...Object.values(node).flatMap(operatorFieldsIn)];
}

/** Leaves out of the browser's code the parts of the contract and of the error catalogue that only the server needs. */
export function dropServerFields(): Plugin {
  return {
    name: "drop-server-fields",
    apply: "build",
    transform(code, id) {
      const path = id.replaceAll("\\", "/");
      const fieldsIn = contractModule.test(path)
        ? serverFieldsIn
        : errorCatalogueModule.test(path)
          ? operatorFieldsIn
          : null;
      if (fieldsIn === null) return null;
      const fields = fieldsIn(this.parse(code)).sort((a, b) => b.start - a.start);
      const rest = fields.reduce((left, { start, end }) => {
        const comma = /^\s*,/.exec(left.slice(end))?.[0] ?? "";
        return left.slice(0, start) + left.slice(end + comma.length);
      }, code);
      return { code: rest, map: null };
    },
  };
}

/**
 * Lets Chromium-based browsers compile a file as a whole while it loads, off the main thread, instead of each function when it is
 * first called, which takes a sixth of the time in which a report opens. Other browsers ignore the comment. It has to be the
 * beginning of the file, and does not count for its name.
 */
export function compileEagerly(): Plugin {
  return {
    name: "compile-eagerly",
    apply: "build",
    generateBundle: {
      // Vite puts a line of its own before the code of some files.
      order: "post",
      handler(_, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type === "chunk") chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`;
        }
      },
    },
  };
}

const compressible = /^assets\/.*\.(?:js|css|svg)$/;

/** Writes a brotli twin beside every hashed text asset, so that the server never compresses while someone waits. */
export function precompress(): Plugin {
  return {
    name: "precompress",
    apply: "build",
    // Not earlier: Vite still rewrites chunks while it generates the bundle.
    writeBundle({ dir = "dist" }, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (!compressible.test(fileName)) continue;
        const text = readFileSync(join(dir, fileName));
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
        writeFileSync(join(dir, `${fileName}.br`), brotliCompressSync(text, { params }));
      }
    },
  };
}

/** A script as it stands in the page: without the comments at its beginning. */
const readPageScript = (name: string): string =>
  readFileSync(new URL(name, import.meta.url), "utf8")
    .replace(/^\/[*/].*\n/gm, "")
    .trim();

/** Puts the script that watches the start into the page, and the supported browsers into its texts. */
export function writeStartGuard(): Plugin {
  return {
    name: "write-start-guard",
    transformIndexHtml: {
      order: "pre",
      handler(html) {
        return html
          .replace("/* start-guard.js */", () => readPageScript("start-guard.js"))
          .replaceAll("__SUPPORTED_BROWSERS__", supportedBrowsersText);
      },
    },
  };
}

const firstWords = /\/messages\/([a-z]{2})\/first-page\.ts$/;

/** Puts the script into the page that fetches the words of the first page early, with the names of their files. */
export function preloadWords(): Plugin {
  return {
    name: "preload-words",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const files: Record<string, string> = {};
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== "chunk") continue;
          for (const id of chunk.moduleIds) {
            const [, language] = firstWords.exec(id.replaceAll("\\", "/")) ?? [];
            if (language !== undefined) files[language] = `/${chunk.fileName}`;
          }
        }
        const script = readPageScript("preload-words.js").replace(
          "files = {}",
          () => `files = ${JSON.stringify(files)}`,
        );
        return html.replace("/* preload-words.js */", () => script);
      },
    },
  };
}

/** Replaces a text that has to be there. */
function replaceOnce(text: string, wanted: string, by: string): string {
  if (!text.includes(wanted)) throw new Error(`the page has no ${wanted}`);
  return text.replace(wanted, () => by);
}

/** Puts the script into the page that asks the API for what the page shows first. */
export function askEarly(): Plugin {
  return {
    name: "ask-early",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        // The page of the component tests is not ours.
        if (bundle === undefined && !html.includes("/* early-requests.js */")) return html;
        const values = { session: earlySession, requests: earlyRequests, pageWithoutSession };
        const empty = { session: '""', requests: "{}", pageWithoutSession: '""' };
        let script = readPageScript("early-requests.js");
        for (const [name, value] of Object.entries(values))
          script = replaceOnce(
            script,
            `${name} = ${empty[name as keyof typeof empty]}`,
            `${name} = ${JSON.stringify(value)}`,
          );
        return replaceOnce(html, "/* early-requests.js */", script);
      },
    },
  };
}

/** A chunk's static imports before the chunk itself, each once. */
function inOrder(fileName: string, bundle: Rolldown.OutputBundle, found: Set<string>): Set<string> {
  const chunk = bundle[fileName];
  if (chunk?.type !== "chunk" || found.has(fileName)) return found;
  for (const imported of chunk.imports) inOrder(imported, bundle, found);
  return found.add(fileName);
}

/** Puts the script into the page that runs the first files one after the other, instead of the module that imports them all. */
export function startInParts(): Plugin {
  return {
    name: "start-in-parts",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {}, chunk }) {
        if (chunk === undefined) throw new Error("the page has no entry");
        const files = [...inOrder(chunk.fileName, bundle, new Set())].map((fileName) => `/${fileName}`);
        const entry = new RegExp(`<script type="module"[^>]*src="/${chunk.fileName}"[^>]*></script>`);
        if (!entry.test(html)) throw new Error("the page does not load its entry");
        const script = replaceOnce(
          readPageScript("start-in-parts.js"),
          "files = []",
          `files = ${JSON.stringify(files)}`,
        );
        const preload = `<link rel="modulepreload" crossorigin nonce="__CSP_NONCE__" href="/${chunk.fileName}">`;
        const preloaded = html.replace(entry, "").replace("</head>", () => `${preload}</head>`);
        return replaceOnce(preloaded, "/* start-in-parts.js */", script);
      },
    },
  };
}

/** What the oldest supported browsers lack and the dashboard does without there, or what only has the name of such a feature. */
const knownNewerFeatures: Readonly<Record<string, string>> = {
  ".createContext": "React's own",
  ".use": "React's own",
  ".skipTransition": "React calls it on what `startViewTransition` gave",
  ".startViewTransition": "the router asks whether it is there; React where a page wants transitions",
  "Error.captureStackTrace": "libraries ask whether it is there",
  "-webkit-tap-highlight-color": "look of a touch",
  ":open": "stands beside [open] in a list of which browsers take what they know",
  ":details-content": "parts are opened before printing as well",
  "@bottom-right": "page numbers; a browser prints its own",
  "@page": "Safari takes the paper's margins from its dialog",
  "@top-left": "stands in the content instead (ui/page-margins.ts)",
  "@top-right": "stands in the content instead (ui/page-margins.ts)",
  size: "of paper; the dialog of the browser has it",
  "accent-color": "look of a checkbox",
  "break-after: avoid": "a heading may be the last line of a sheet",
  "content-visibility": "without it everything is laid out at once",
  "content-visibility: auto": "the same",
  "content-visibility: visible": "the same",
  "field-sizing": "a field keeps its width",
  "field-sizing: content": "the same",
  "font-family: ui-monospace": "another font of the list is used",
  "forced-color-adjust": "Safari has no forced colours",
  "forced-color-adjust: none": "the same",
  orphans: "lines at the end of a page of paper",
  widows: "lines at the beginning of a page of paper",
  "overscroll-behavior": "scrolling goes on in the page",
  "print-color-adjust": "written with its prefix as well",
  "print-color-adjust: exact": "the same",
  "text-decoration: dotted": "the line is a plain one",
  "text-wrap: balance": "look of lines",
  "text-wrap: pretty": "look of lines",
  "user-select": "written with its prefix as well",
  "word-break: auto-phrase": "look of lines",
};

/** Fails the build when an asset uses what the oldest supported browsers lack, and when a known exception is no longer one. */
export function checkBrowserSupport(): Plugin {
  return {
    name: "check-browser-support",
    apply: "build",
    writeBundle(_, bundle) {
      let scripts = "";
      let styles = "";
      for (const file of Object.values(bundle)) {
        if (file.type === "chunk") scripts += `${file.code}\n`;
        else if (file.fileName.endsWith(".css")) styles += String(file.source);
      }
      const newer = newerFeaturesIn({ scripts, styles }, supportedBrowsers);
      const unknown = newer.filter((name) => !(name in knownNewerFeatures));
      const unused = Object.keys(knownNewerFeatures).filter((name) => !newer.includes(name));
      if (unknown.length > 0)
        this.error(`not in every supported browser (${supportedBrowsersText}): ${unknown.join(", ")}`);
      if (unused.length > 0)
        this.error(`known as newer than the supported browsers, but not used: ${unused.join(", ")}`);
    },
  };
}
