import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { createServer, type ViteDevServer } from "vite";
import { root } from "../../scripts/toolchain.mjs";
import { fileNameOf, galleryDirectory, listFileOf, type Picture, widths } from "./pictures.ts";

const part = "primitives";
const language = "en";
const web = join(root, "apps", "web");

interface PrimitiveState {
  readonly name: string;
  /** Of `apps/web/src/testing/primitives.tsx`. */
  readonly shows: string;
  readonly reach?: (page: Page) => Promise<void>;
}

const states: readonly PrimitiveState[] = [
  { name: "buttons", shows: "buttons" },
  {
    name: "buttons, one pointed at",
    shows: "buttons",
    reach: (page) => page.getByRole("button", { name: "primary", exact: true }).hover(),
  },
  { name: "buttons, one with the focus", shows: "buttons", reach: (page) => page.keyboard.press("Tab") },
  { name: "fields", shows: "fields" },
  {
    name: "badges, notices, errors and empty places",
    shows: "notices",
    reach: (page) => page.locator("summary").first().click(),
  },
  { name: "headings, figures, tables and facts", shows: "tables" },
  { name: "menu", shows: "menu", reach: (page) => page.getByRole("button", { name: "Views" }).click() },
  { name: "dialog", shows: "dialog" },
  { name: "sheet", shows: "sheet" },
];

let server: ViteDevServer;
test.beforeAll(async () => {
  server = await createServer({
    root: web,
    configFile: join(web, "vite.config.ts"),
    logLevel: "error",
    server: { port: 0 },
  });
  await server.listen();
});
test.afterAll(() => server.close());

test("primitives", async ({ page }) => {
  mkdirSync(galleryDirectory, { recursive: true });
  const pictures: Picture[] = [];
  const origin = server.resolvedUrls?.local[0] ?? "";
  for (const { name, shows, reach } of states) {
    await page.goto(`${origin}primitives.html?part=${shows}&language=${language}`);
    await expect(page.getByRole("button").first()).toBeVisible();
    await reach?.(page);
    for (const theme of ["light", "dark"]) {
      await page.evaluate((value) => {
        document.documentElement.dataset.theme = value;
      }, theme);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        const picture = { part, state: name, language, theme, width };
        await page.screenshot({
          path: join(galleryDirectory, fileNameOf(picture)),
          fullPage: true,
          animations: "disabled",
        });
        pictures.push(picture);
      }
    }
  }
  writeFileSync(join(galleryDirectory, listFileOf(part, language)), JSON.stringify(pictures));
});
