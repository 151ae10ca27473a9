/**
 * Checks the OpenAPI document by the rules of @redocly/cli, of which none may be broken. Fetched by npx, because it brings more packages than the product
 * itself; not part of `npm test`. `npm run lint:openapi`.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openApiOf } from "../apps/bff/src/calls/open-api.ts";
import { startProcess } from "./processes.mjs";
import { root } from "./toolchain.mjs";

const cli = "@redocly/cli@2.77.0";

const directory = mkdtempSync(join(tmpdir(), "wsc-open-api-"));
try {
  const file = join(directory, "openapi.json");
  const place = { version: "0.0.0", publicOrigin: null, person: { in: "cookie", name: "__Host-wsc_sid" } } as const;
  writeFileSync(file, JSON.stringify(openApiOf(place), null, 2));
  const linting = startProcess("npx", ["--yes", cli, "lint", file, "--extends", "recommended-strict"], {
    cwd: root,
    env: { ...process.env, REDOCLY_TELEMETRY: "off" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  process.exitCode = await new Promise<number>((resolve, reject) => {
    linting.once("error", reject);
    linting.once("exit", (code) => resolve(code ?? 1));
  });
} finally {
  rmSync(directory, { recursive: true, force: true });
}
