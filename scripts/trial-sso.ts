/**
 * Puts the dashboard behind real products of Debian, with the shipped examples of their configuration, and checks what
 * docs/sso.md promises: `npm run trial:sso`. Not part of `npm test`; a product that is not installed is named and skipped. Plain
 * http on this machine: TLS is the only part that is not tested. Exits with 1 when a promise was broken or nothing could be
 * tested.
 */
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apache } from "../e2e/sso-trials/apache.ts";
import { caddy } from "../e2e/sso-trials/caddy.ts";
import { checks } from "../e2e/sso-trials/checks.ts";
import { nginx } from "../e2e/sso-trials/nginx.ts";
import { groupOf, type Product } from "../e2e/sso-trials/product.ts";
import { startStack } from "../e2e/stack.ts";
import { build } from "./build.ts";
import { freePort } from "./free-port.ts";
import { onStopRequest, stopAllProcesses } from "./processes.mjs";
import { describeFailure, step } from "./step.mjs";

const roleMap = JSON.stringify(
  Object.fromEntries(["viewer", "operator", "admin", "auditor"].map((role) => [groupOf(role), role])),
);

/** Tests one product; returns the number of broken promises. */
async function tryProduct(product: Product): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), "wsc-sso-"));
  // Apache's workers run under another account.
  chmodSync(directory, 0o755);
  const [port, dashboardPort] = [await freePort(), await freePort()];
  const origin = `http://127.0.0.1:${port}`;
  const proxySecret = randomBytes(24).toString("hex");
  const stack = await startStack(
    {
      NODE_ENV: "production",
      WSC_AUTH_MODE: "header",
      WSC_PUBLIC_ORIGIN: origin,
      WSC_TRUSTED_PROXIES: "127.0.0.1",
      WSC_PROXY_SECRET: proxySecret,
      WSC_ROLE_MAP: roleMap,
      WSC_ALLOW_NON_BROWSER: "true",
      ...product.settings,
    },
    dashboardPort,
  );
  let broken = 0;
  try {
    const place = { origin, port, dashboardPort, directory, proxySecret };
    const running = await product.start(place);
    try {
      for (const { promise, run } of checks) {
        const outcome = await run({ ...place, product: running }).then(
          () => "holds",
          (error: unknown) => `BROKEN: ${error instanceof Error ? error.message : String(error)}`,
        );
        if (outcome !== "holds") broken += 1;
        process.stdout.write(`  ${outcome.padEnd(6)} ${promise}\n`);
      }
    } finally {
      await running.stop();
    }
  } finally {
    await stack.stop();
    rmSync(directory, { recursive: true, force: true });
  }
  return broken;
}

onStopRequest(() => void stopAllProcesses().then(() => process.exit(130)));
try {
  await step("build", build, (detail) => ({ detail }));
  let tried = 0;
  for (const product of [apache, nginx, caddy]) {
    const version = product.version();
    if (version === null) {
      process.stdout.write(`${product.name}: left out, not installed (Debian: ${product.packages})\n`);
      continue;
    }
    process.stdout.write(`${product.name} ${version}\n`);
    tried += 1;
    if ((await tryProduct(product)) > 0) process.exitCode = 1;
  }
  if (tried === 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(describeFailure(error));
  process.exitCode = 1;
}
