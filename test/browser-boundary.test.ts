import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readFiles, root } from "./read-sources.ts";

const web = join(root, "apps", "web");
let directory = "";

beforeAll(async () => {
  // Beside src, where the tests that read all sources do not look.
  await mkdir(join(web, ".cache"), { recursive: true });
  directory = await mkdtemp(join(web, ".cache", "boundary-"));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** Builds one planted module with the web's own settings, writing nothing. */
async function buildModule(text: string): Promise<string> {
  const entry = join(directory, "planted.ts");
  await writeFile(entry, text);
  const result = await build({
    root: web,
    configFile: join(web, "vite.config.ts"),
    logLevel: "silent",
    build: { write: false, rolldownOptions: { input: entry } },
  });
  const outputs = Array.isArray(result) ? result : [result];
  return outputs
    .flatMap((output) => ("output" in output ? output.output : []))
    .map(textOf)
    .join("\n");
}

function textOf(file: { type: string; code?: string; source?: string | Uint8Array }): string {
  return file.code ?? (typeof file.source === "string" ? file.source : "");
}

const core = "../../../../packages/wsc-core/src";
const nodeIndex = `${core}/node/index.ts`;

describe("a page does not build when it imports", () => {
  test.each([
    [
      "the node half by its name",
      'import { nodeCanary } from "@wsc-dashboard/wsc-core/node"; document.title = nodeCanary;',
    ],
    [
      "the node half on demand",
      'void import("@wsc-dashboard/wsc-core/node").then((half) => { document.title = half.nodeCanary; });',
    ],
    ["the node half by a relative path", `import { nodeCanary } from "${nodeIndex}"; document.title = nodeCanary;`],
    [
      "one file of the node half by a relative path",
      `import { Secret } from "${nodeIndex.replace("index", "secret")}"; document.title = String(Secret);`,
    ],
    [
      "the wire half by its name",
      'import { upstreamCanary } from "@wsc-dashboard/wsc-core/upstream"; document.title = upstreamCanary;',
    ],
    [
      "the wire half on demand",
      'void import("@wsc-dashboard/wsc-core/upstream").then((half) => { document.title = half.upstreamCanary; });',
    ],
    [
      "one file of the wire half by a relative path",
      `import { upstreamOperations } from "${core}/upstream/operations.ts"; document.title = String(upstreamOperations);`,
    ],
    [
      "the emulator by a relative path",
      'import { createEmulator } from "../../../../packages/wsc-emulator/src/index.ts"; document.title = String(createEmulator);',
    ],
    [
      "the BFF by a relative path",
      'import { readConfig } from "../../../bff/src/config/config.ts"; document.title = String(readConfig);',
    ],
  ])("%s", async (_name, text) => {
    await expect(buildModule(text).then(() => "built")).rejects.toThrow(
      /server-only|wsc-core\/(?:node|upstream)|"\.\/(?:node|upstream)"/,
    );
  });
});

test("a page builds when it imports the browser half", async () => {
  const built = await buildModule(
    'import { errorCatalogue } from "@wsc-dashboard/wsc-core"; document.title = JSON.stringify(errorCatalogue);',
  );
  expect(built).toContain("OWN_CALLS_EXHAUSTED");
  // What only operators read.
  expect(built).not.toContain("Open period expired");
});

test("no module of the browser that reads the catalogue of errors names a field that the build leaves out", () => {
  const readers = readFiles(/^(?:apps\/web\/src|packages\/wsc-core\/src\/(?:api|domain|errors))\/.*(?<!\.test)\.tsx?$/);
  const found = [...readers].filter(
    ([, text]) => /\berror(?:Entry|Catalogue)\b/.test(text) && /\b(?:meaning|wireMessage|actor)\b/.test(text),
  );
  expect(found.map(([file]) => file)).toEqual([
    // The words of the page about error codes have a field of the same name.
    "apps/web/src/features/help/error-codes.tsx",
    "packages/wsc-core/src/errors/catalogue.ts",
    // Of the server, but for the message of an error without a meaning, which is its code.
    "packages/wsc-core/src/errors/problem.ts",
  ]);
});

test("the web contains nothing of its build environment", async () => {
  const planted = ["WSC_SECRET_KEY", "WSC_ACCESS_KEY", "WSC_OIDC_CLIENT_SECRET", "WSC_PROXY_SECRET", "DATABASE_URL"];
  for (const name of planted) vi.stubEnv(name, `canary-of-${name}`);
  // Only variables with this prefix are visible to the web, and none of our settings has it.
  vi.stubEnv("VITE_PROBE", "known-by-its-prefix");
  const built = await buildModule("document.title = JSON.stringify(import.meta.env);");
  vi.unstubAllEnvs();
  expect(built).toContain("known-by-its-prefix");
  expect(built).not.toContain("canary-of-");
});
