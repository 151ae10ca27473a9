import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDemoSite, createEmulator, type Emulator } from "@wsc-dashboard/wsc-emulator";
import { freePort } from "../scripts/free-port.ts";
import { launchBff, randomApiKey, randomEncryptionKey } from "../scripts/launch-bff.ts";

type DemoSite = Awaited<ReturnType<typeof createDemoSite>>;

/** The product as it runs in production, before an emulator with its history and a demo site. */
export interface Stack {
  readonly baseUrl: string;
  readonly emulator: Emulator;
  readonly demoSite: DemoSite;
  /** What the BFF wrote, at its most talkative; also what must never hold a secret. */
  readonly logs: readonly string[];
  readonly secrets: { readonly accessKey: string; readonly secretKey: string };
  stop(): Promise<void>;
}

/** Starts the three of them on free ports. `settings` are further variables of the BFF's environment. */
export async function startStack(
  settings: Readonly<Record<string, string>> = {},
  wantedPort: number | null = null,
): Promise<Stack> {
  const secrets = { accessKey: randomApiKey(), secretKey: randomApiKey() };
  const emulator = await createEmulator({ ...secrets, seed: true });
  const demoSite = await createDemoSite();
  const close = async (): Promise<void> => {
    await Promise.all([emulator.close(), demoSite.close()]);
  };
  const port = wantedPort ?? (await freePort());
  const baseUrl = `http://127.0.0.1:${port}`;
  try {
    const bff = await launchBff({
      origin: baseUrl,
      // Nothing of the machine's own environment: a stray setting must not decide a test.
      env: {
        NODE_ENV: "development",
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
        HOST: "127.0.0.1",
        PORT: String(port),
        WSC_AUTH_MODE: "dev",
        WSC_UPSTREAM: "custom",
        WSC_UPSTREAM_URL: emulator.origin,
        WSC_ACCESS_KEY: secrets.accessKey,
        WSC_SECRET_KEY: secrets.secretKey,
        WSC_ENCRYPTION_KEYS: randomEncryptionKey(),
        WSC_LIST_POLL_MS: "200",
        // A test that answers a call with a fault answers its own.
        WSC_BACKGROUND_READ_MS: "0",
        WSC_DATA_DIR: mkdtempSync(join(tmpdir(), "wsc-e2e-")),
        // The demo site stands on this machine, and the dashboard signs in to it.
        WSC_ALLOW_PRIVATE_TARGETS: "true",
        WSC_CREATE_SPACING_MS: "0",
        WSC_DISPATCH_TICK_MS: "100",
        WSC_BUDGET_PER_DAY: "0",
        WSC_BUDGET_PER_USER_HOUR: "0",
        WSC_RECONCILE_STEP_MS: "1500",
        WSC_LOG_LEVEL: "debug",
        ...settings,
      },
    });
    const stop = async (): Promise<void> => {
      await bff.stop();
      await close();
    };
    return { baseUrl, emulator, demoSite, logs: bff.lines, secrets, stop };
  } catch (error) {
    await close();
    throw error;
  }
}
