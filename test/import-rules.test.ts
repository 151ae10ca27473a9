import { beforeAll, describe, expect, test } from "vitest";
import { drawingPath, renderDrawing } from "./import-drawing.ts";
import { findPlantedViolations, type GraphViolation, type ImportGraph, readImportGraph } from "./import-graph.ts";
import { findViolations, layerOf, type Violation } from "./import-rules.ts";
import { type Layer, layers } from "./layers.ts";
import { readFiles } from "./read-sources.ts";

const sources = readFiles(/^(?:apps|packages)\/[^/]+\/(?:src|test)\/.*\.tsx?$/);

const rulesBroken = (file: string, text: string): string[] =>
  findViolations(new Map([[file, text]])).map((violation: Violation) => violation.rule);

describe("the sources", () => {
  let graph: ImportGraph;
  beforeAll(async () => {
    graph = await readImportGraph();
  });

  test("keep to the layers and the package borders, without a cycle", () => {
    expect(graph.violations).toEqual([]);
    expect(graph.files).toBeGreaterThan(sources.size * 0.9);
  });

  test("are drawn in docs/imports.md as they are, each layer above those that it imports", () => {
    const drawn = readFiles(/^docs\/imports\.md$/).get(drawingPath);
    expect(drawn, "run: npm run docs").toBe(renderDrawing(graph.imports));
  });

  test("keep to the packages of their layer and the one reader of the environment", () => {
    expect(findViolations(sources)).toEqual([]);
  });

  test("all lie in a layer, but for declarations and tests", () => {
    const homeless = [...sources.keys()].filter(
      (file) => layerOf(file) === null && !/\.d\.ts$|\.test\.tsx?$|\/(?:test|testing)\//.test(file),
    );
    expect(homeless).toEqual([]);
  });

  test("are found in each of the four workspaces", () => {
    for (const workspace of ["apps/web", "apps/bff", "packages/wsc-core", "packages/wsc-emulator"]) {
      expect([...sources.keys()].filter((file) => file.startsWith(`${workspace}/src/`)).length).toBeGreaterThan(5);
    }
  });
});

test("the layers have no upward import", () => {
  const below = (name: string, above: readonly string[]): void => {
    if (above.includes(name)) throw new Error(`a circle: ${[...above, name].join(" → ")}`);
    const layer: Layer | undefined = layers[name as keyof typeof layers];
    if (layer === undefined) throw new Error(`${name} is imported by ${above.at(-1)}, but is no layer`);
    for (const next of layer.imports) below(next, [...above, name]);
  };
  for (const name of Object.keys(layers)) below(name, []);
});

describe("a planted violation is reported:", () => {
  test.each([
    [
      "a page that names its type inline",
      "apps/web/src/app/x.tsx",
      'type T = import("@wsc-dashboard/wsc-core/node").Secret;',
    ],
    ["a page that imports the BFF", "apps/web/src/app/x.ts", 'import "@wsc-dashboard/bff/start-bff";'],
    ["a page that imports Node", "apps/web/src/app/x.ts", 'import { join } from "node:path";'],
    [
      "a page that imports a module named at run time",
      "apps/web/src/app/x.ts",
      'await import("@wsc-dashboard/" + name);',
    ],
    ["a page that reads build-time variables", "apps/web/src/app/x.ts", "export const key = import.meta.env.VITE_KEY;"],
    [
      "the browser half that imports Node",
      "packages/wsc-core/src/domain/x.ts",
      'import { createHmac } from "node:crypto";',
    ],
    ["the browser half that imports express", "packages/wsc-core/src/api/x.ts", 'import express from "express";'],
    [
      "the browser half that imports react",
      "packages/wsc-core/src/api/x.ts",
      'import type { ReactNode } from "react";',
    ],
    ["the BFF that imports react", "apps/bff/src/app.ts", 'import "react";'],
    ["a second reader of the environment", "apps/bff/src/app.ts", "export const port = process.env.PORT;"],
    ["one with brackets", "apps/bff/src/app.ts", 'export const port = process["env"]["PORT"];'],
    ["one through the global object", "apps/bff/src/app.ts", "export const port = globalThis.process.env.PORT;"],
    ["one that takes it apart", "apps/bff/src/app.ts", "const { env } = process;"],
    ["one that imports it", "apps/bff/src/app.ts", 'import { env } from "node:process";'],
    ["the core that reads the environment", "packages/wsc-core/src/node/x.ts", "export const key = process.env.KEY;"],
    [
      "the emulator that reads it outside its main",
      "packages/wsc-emulator/src/x.ts",
      "export const key = process.env.KEY;",
    ],
  ])("%s", (_name, file, text) => {
    expect(rulesBroken(file, text)).toHaveLength(1);
  });
});

/** Each is put into its own file in the folder it names. */
const plantedImports: readonly (readonly [name: string, file: string, text: string])[] = [
  [
    "a page that imports the node half",
    "apps/web/src/features/jobs/x.tsx",
    'import { Secret } from "@wsc-dashboard/wsc-core/node";',
  ],
  [
    "a page that imports it for a type only",
    "apps/web/src/app/x.tsx",
    'import type { Secret } from "@wsc-dashboard/wsc-core/node";',
  ],
  [
    "a page that imports it on demand",
    "apps/web/src/app/x.tsx",
    'const half = await import("@wsc-dashboard/wsc-core/node");',
  ],
  ["a page that re-exports it", "apps/web/src/app/x.ts", 'export { Secret } from "@wsc-dashboard/wsc-core/node";'],
  ["a page that re-exports all of it", "apps/web/src/app/x.ts", 'export * from "@wsc-dashboard/wsc-core/node";'],
  [
    "a page that reaches it by a relative path",
    "apps/web/src/app/x.ts",
    'import "../../../../packages/wsc-core/src/node/index.ts";',
  ],
  [
    "a page that imports the wire half",
    "apps/web/src/app/x.ts",
    'import { upstreamOperations } from "@wsc-dashboard/wsc-core/upstream";',
  ],
  [
    "a page that imports the emulator",
    "apps/web/src/app/x.ts",
    'import { createEmulator } from "@wsc-dashboard/wsc-emulator";',
  ],
  ["a web test that imports the emulator", "apps/web/src/app/x.test.ts", 'import "@wsc-dashboard/wsc-emulator";'],
  ["a feature that imports another", "apps/web/src/features/jobs/x.tsx", 'import "../reports/report-page.tsx";'],
  ["a feature that imports the app", "apps/web/src/features/jobs/x.tsx", 'import "../../app/shell.tsx";'],
  ["a part of ui that imports the api", "apps/web/src/ui/x.tsx", 'import "../api/bff-client.ts";'],
  ["a part of ui that imports a feature", "apps/web/src/ui/x.tsx", 'import "../features/jobs/job-list-page.tsx";'],
  ["a part of ui that knows the domain", "apps/web/src/ui/x.tsx", 'import "../domain-ui/severity-mark.tsx";'],
  [
    "a part of ui that imports the core",
    "apps/web/src/ui/x.tsx",
    'import { severities } from "@wsc-dashboard/wsc-core";',
  ],
  [
    "submissions that import the wizard",
    "apps/web/src/features/submissions/x.tsx",
    'import "../job-wizard/error-place.ts";',
  ],
  [
    "the schedules that import the wizard",
    "apps/web/src/features/schedules/x.tsx",
    'import "../job-wizard/error-place.ts";',
  ],
  ["a part of the api that imports ui", "apps/web/src/api/x.ts", 'import "../ui/toast.tsx";'],
  ["the browser half that imports the node half", "packages/wsc-core/src/domain/x.ts", 'import "../node/secret.ts";'],
  ["the domain that imports the API", "packages/wsc-core/src/domain/x.ts", 'import "../api/jobs.ts";'],
  [
    "the domain that imports it for a type",
    "packages/wsc-core/src/domain/x.ts",
    'import type {} from "../api/jobs.ts";',
  ],
  ["the domain that imports the wire", "packages/wsc-core/src/domain/x.ts", 'import "../upstream/operations.ts";'],
  ["the wire that imports the API", "packages/wsc-core/src/upstream/x.ts", 'import "../api/jobs.ts";'],
  ["the API that imports the wire", "packages/wsc-core/src/api/x.ts", 'import "../upstream/operations.ts";'],
  [
    "the browser's entry that imports the wire",
    "packages/wsc-core/src/index.ts",
    'export * from "./upstream/index.ts";',
  ],
  ["the BFF that imports the emulator", "apps/bff/src/app.ts", 'import "@wsc-dashboard/wsc-emulator";'],
  ["the upstream that imports a handler", "apps/bff/src/upstream/x.ts", 'import "../handlers/jobs.ts";'],
  ["product code that imports its test", "apps/bff/src/app.ts", 'import "./app.test.ts";'],
  [
    "the emulator that imports the BFF by path",
    "packages/wsc-emulator/src/x.ts",
    'import "../../../apps/bff/src/app.ts";',
  ],
];
const allowedImports: readonly (readonly [name: string, file: string, text: string])[] = [
  [
    "a feature that imports its own files and the layers below",
    "apps/web/src/features/jobs/x.tsx",
    'import "./job-row.tsx"; import "../../ui/button.tsx"; import "../../api/job-queries.ts";',
  ],
  [
    "the BFF that imports both halves of the core",
    "apps/bff/src/upstream/x.ts",
    'import "@wsc-dashboard/wsc-core"; import "@wsc-dashboard/wsc-core/node";',
  ],
  [
    "a test of the BFF that imports the emulator",
    "apps/bff/test/jobs.test.ts",
    'import "@wsc-dashboard/wsc-emulator"; import "../src/app.ts";',
  ],
];

describe("an import between our own files", () => {
  const pathOf = (index: number, file: string): string =>
    /\/x(?=\.)/.test(file) ? file.replace(/\/x(?=\.)/, `/planted-${index}`) : file;
  const all = [...plantedImports, ...allowedImports];
  let violations: readonly GraphViolation[] = [];

  beforeAll(async () => {
    const files = all.map(([, file, text], index): [string, string] => [pathOf(index, file), text]);
    files.push(["apps/web/src/api/round.ts", 'import type {} from "./trip.ts"; export type Round = 1;']);
    files.push(["apps/web/src/api/trip.ts", 'import type { Round } from "./round.ts"; export type Trip = Round;']);
    violations = await findPlantedViolations(new Map(files));
  });

  test.each(plantedImports.map(([name, file], index) => [name, pathOf(index, file)] as const))(
    "is reported: %s",
    (_name, file) => {
      expect(violations.filter((violation) => violation.file === file)).not.toEqual([]);
    },
  );

  test("is reported when it closes a circle, also of types", () => {
    expect(violations.filter(({ rule }) => rule === "no circle").map(({ file }) => file)).toContain(
      "apps/web/src/api/round.ts",
    );
  });

  test.each(allowedImports.map(([name, file], index) => [name, pathOf(plantedImports.length + index, file)] as const))(
    "is allowed: %s",
    (_name, file) => {
      expect(violations.filter((violation) => violation.file === file)).toEqual([]);
    },
  );
});

describe("an allowed import is accepted:", () => {
  test.each([
    ["the one file that reads the environment", "apps/bff/src/config/env.ts", "export const port = process.env.PORT;"],
    ["a property that only shares the name", "apps/bff/src/app.ts", "export const env = options.env;"],
    ["the words inside a text", "apps/bff/src/app.ts", 'export const hint = "process.env and import(\\"x\\")";'],
  ])("%s", (_name, file, text) => {
    expect(rulesBroken(file, text)).toEqual([]);
  });
});
