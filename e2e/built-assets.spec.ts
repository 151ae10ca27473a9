import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliDecompressSync, gzipSync } from "node:zlib";
import { nodeCanary } from "@wsc-dashboard/wsc-core/node";
import { upstreamCanary } from "@wsc-dashboard/wsc-core/upstream";
import { expect, languages, test } from "./fixtures.ts";
import { wordsOf } from "./words.ts";

const apps = join(import.meta.dirname, "..", "apps");

/** The mark put there for this test, and a word without which nothing can be signed. */
const marks = [nodeCanary, upstreamCanary, "x-ncp-apigw-signature-v2"];

async function readAssets(directory: string): Promise<Map<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = files.map(async (file): Promise<[string, string]> => {
    const bytes = await readFile(file);
    return [file, (file.endsWith(".br") ? brotliDecompressSync(bytes) : bytes).toString("latin1")];
  });
  return new Map(await Promise.all(texts));
}

const holding = (assets: ReadonlyMap<string, string>, text: string): string[] =>
  [...assets].filter(([, content]) => content.includes(text)).map(([file]) => file);

test("no browser asset contains code of the node entry", async () => {
  const assets = await readAssets(join(apps, "web", "dist"));
  expect(assets.size).toBeGreaterThan(2);
  for (const mark of marks) expect(holding(assets, mark)).toEqual([]);
});

test("the same search finds the node entry in the server's files", async () => {
  const assets = await readAssets(join(apps, "bff", "dist"));
  expect(holding(assets, "x-ncp-apigw-signature-v2")).not.toEqual([]);
});

test("every file of code asks the browser to compile it while it loads", async () => {
  const assets = await readAssets(join(apps, "web", "dist", "assets"));
  const scripts = [...assets].filter(([file]) => file.endsWith(".js"));
  expect(scripts.length).toBeGreaterThan(2);
  const others = scripts.filter(([, code]) => !code.startsWith("//# allFunctionsCalledOnLoad\n"));
  expect(others.map(([file]) => file)).toEqual([]);
});

test("no asset, answer or log line of the running product contains a key", async ({ stack, request }) => {
  const { accessKey, secretKey } = stack.secrets;
  const session = await request.get("/api/session", { headers: { "X-WSC-Request": "1" } });
  const jobs = await request.get("/api/jobs", { headers: { "X-WSC-Request": "1" } });
  expect(session.status()).toBe(200);
  expect(jobs.status()).toBe(200);
  const assets = await readAssets(join(apps, "web", "dist"));
  const answers = [await session.text(), await jobs.text(), JSON.stringify([session.headers(), jobs.headers()])];
  const said = [...assets.values(), ...answers, ...stack.logs].join("\n");
  expect(stack.logs.length).toBeGreaterThan(0);
  expect(said).not.toContain(accessKey);
  expect(said).not.toContain(secretKey);
});

const firstRouteLimit = 170_000;

for (const language of languages) {
  test(`the first page needs no more than ${firstRouteLimit / 1000} kB of JavaScript, and it comes ready compressed, in ${language}`, async ({
    page,
    visit,
    showOnly,
  }) => {
    await showOnly([]);
    const scripts = new Map<string, Promise<{ encoding: string | undefined; bytes: Buffer }>>();
    page.on("response", (response) => {
      if (!/\.js$/.test(new URL(response.url()).pathname)) return;
      const read = Promise.all([response.headerValue("content-encoding"), response.body()]);
      scripts.set(
        response.url(),
        read.then(([encoding, bytes]) => ({ encoding: encoding ?? undefined, bytes })),
      );
    });
    await visit("/jobs", { language, theme: "light" });
    await expect(page.getByRole("heading", { name: wordsOf(language).jobs.emptyTitle })).toBeVisible();
    const read = await Promise.all(scripts.values());
    expect(read.length).toBeGreaterThan(0);
    expect(read.map(({ encoding }) => encoding)).toEqual(read.map(() => "br"));
    const total = read.reduce((sum, { bytes }) => sum + gzipSync(bytes, { level: 9 }).length, 0);
    expect(total).toBeLessThanOrEqual(firstRouteLimit);
    // The code, the words, and what comes after the list: a further file is a further trip to the server.
    expect(read.length).toBeLessThanOrEqual(8);
    // Only the language in use is among it.
    const code = read.map(({ bytes }) => bytes.toString("utf8")).join("\n");
    for (const other of languages) expect(code.includes(wordsOf(other).jobs.zeroText)).toBe(other === language);
  });
}
