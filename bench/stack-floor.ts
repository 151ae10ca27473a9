/**
 * The least that a page on the dashboard's stack does: React, TanStack Router and Query, the same rows, and nothing else. first-load.ts
 * and report-viewer.ts measure it beside the product, so that what the stack costs can be told from what the product adds.
 */
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "vite";
import { installPackages, reactVirtual, webPackage } from "./npm-tools.ts";
import { virtualListSource, virtualListStyles } from "./react-virtual-page.ts";

const packages = [
  reactVirtual,
  ...["react", "react-dom", "@tanstack/react-query", "@tanstack/react-router"].map(webPackage),
];
const compressFile = (text: string | Uint8Array): Buffer =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } });
const compressAnswer = (text: string): Buffer =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });

const appSource = `
import { createElement as h } from "react";
import { createRoot } from "react-dom/client";
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { createRootRoute, createRoute, createRouter, Link, lazyRouteComponent, Outlet, RouterProvider } from "@tanstack/react-router";

const read = async (path) => (await (path === "/api/jobs" && globalThis.early || fetch(path))).json();
const queryClient = new QueryClient();
const jobsQuery = { queryKey: ["jobs"], queryFn: () => read("/api/jobs") };
export const reportQuery = { queryKey: ["report"], queryFn: () => read("/api/report"), staleTime: Infinity };

function Jobs() {
  const { data } = useQuery(jobsQuery);
  return h("main", null, h("h1", null, "Jobs"), data && h("table", null, h("tbody", null, data.jobs.map(({ status, ...job }) =>
    h("tr", { key: job.instanceNo, "data-row": "" },
      h("td", null, h(Link, { to: "/jobs/" + job.instanceNo }, job.instanceNo)),
      h("td", null, status.phase),
      ["startUrl", "memo", "findingCount", "startedAt", "endedAt"].map((name) => h("td", { key: name }, String(job[name]))))))));
}
const Job = () => h("main", null, h(Link, { to: "/jobs/1/report", preload: "render" }, "Report"));

const root = createRootRoute({ component: Outlet });
const at = (path, component, more) => createRoute({ getParentRoute: () => root, path, component, ...more });
const router = createRouter({ routeTree: root.addChildren([
  at("/jobs", Jobs, { loader: () => void queryClient.prefetchQuery(jobsQuery) }),
  at("/jobs/1", Job),
  at("/jobs/1/report", lazyRouteComponent(() => import("./report.js"), "Report"), {
    loader: ({ cause }) => { if (cause !== "preload") void queryClient.prefetchQuery(reportQuery); },
  }),
]) });
createRoot(document.getElementById("root")).render(
  h(QueryClientProvider, { client: queryClient }, h(RouterProvider, { router })));
`;

const reportSource = `${virtualListSource}
import { useQuery } from "@tanstack/react-query";
import { reportQuery } from "./app.js";

export function Report() {
  const { data } = useQuery(reportQuery);
  return data ? h(List, data) : null;
}
`;

/** The built files by path. */
async function buildFiles(): Promise<ReadonlyMap<string, Buffer>> {
  const root = await installPackages(packages);
  writeFileSync(join(root, "app.js"), appSource);
  writeFileSync(join(root, "report.js"), reportSource);
  const built = await build({
    configFile: false,
    root,
    logLevel: "silent",
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: { input: { app: join(root, "app.js") }, preserveEntrySignatures: "allow-extension" },
    },
  });
  const outputs = [built].flat().flatMap((output) => ("output" in output ? output.output : []));
  return new Map(
    outputs.map((file) => [`/${file.fileName}`, compressFile(file.type === "chunk" ? file.code : file.source)]),
  );
}

export interface StackFloor {
  readonly name: string;
  /** Page with the list of jobs; its rows are `[data-row]`. */
  readonly listUrl: string;
  /** Page with a link to the report; the rows of the report have the class of the product's. */
  readonly jobUrl: string;
  close(): void;
}

/** `answers`: bodies of `/api/jobs` and `/api/report` as JSON. Rejects when npm cannot install the packages. */
export async function startStackFloor(answers: Readonly<Record<string, string>>): Promise<StackFloor> {
  const files = await buildFiles();
  const entry = [...files.keys()].find((path) => path.startsWith("/assets/app-"));
  if (entry === undefined) throw new Error("the page was not built");
  // Like the dashboard's, the document asks for the list itself.
  const early = `if (location.pathname === "/jobs") globalThis.early = fetch("/api/jobs")`;
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Floor</title><style>${virtualListStyles}</style><script>${early}</script><div id="root"></div><script type="module" src="${entry}"></script></html>`;
  const compressed = new Map(Object.entries(answers).map(([path, body]) => [path, compressAnswer(body)]));
  const document = compressAnswer(page);
  const find = (path: string): readonly [type: string, body: Buffer] => {
    const file = files.get(path);
    if (file !== undefined) return ["text/javascript", file];
    const answer = compressed.get(path);
    return answer === undefined ? ["text/html; charset=utf-8", document] : ["application/json", answer];
  };
  const server = createServer(({ url = "" }, response) => {
    const [type, body] = find(url);
    response
      .writeHead(200, { "Content-Type": type, "Content-Encoding": "br", "Content-Length": body.length })
      .end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    name: "React with Router and Query",
    listUrl: `${origin}/jobs`,
    jobUrl: `${origin}/jobs/1`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
