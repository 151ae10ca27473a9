import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readRecording } from "@wsc-dashboard/wsc-core/upstream";
import { createEmulator } from "./create-emulator.ts";
import { createDemoSite } from "./demo-site/create-demo-site.ts";
import { readPort } from "./read-port.ts";
import { settingsOfRecording } from "./replay.ts";
import type { EmulatorSettingsPatch } from "./settings.ts";

const defaults = { port: 18_080, accessKey: "demo-access-key", secretKey: "demo-secret-key", demoSitePort: 18_081 };

/** What `--replay FILE` says: answers come in the forms of a recorded file. */
function replayedSettings(): EmulatorSettingsPatch {
  const { values } = parseArgs({ options: { replay: { type: "string" } } });
  return values.replay === undefined ? {} : settingsOfRecording(readRecording(readFileSync(values.replay, "utf8")));
}

interface Started {
  readonly lines: readonly string[];
  readonly stop: () => Promise<void>;
}

async function start(): Promise<Started> {
  const demoSitePort = readPort(process.env, "WSC_DEMO_SITE_PORT", defaults.demoSitePort);
  const emulator = await createEmulator({
    ...replayedSettings(),
    accessKey: process.env.WSC_EMULATOR_ACCESS_KEY || defaults.accessKey,
    secretKey: process.env.WSC_EMULATOR_SECRET_KEY || defaults.secretKey,
    port: readPort(process.env, "WSC_EMULATOR_PORT", defaults.port),
    seed: true,
  });
  try {
    const demoSite = await createDemoSite({ port: demoSitePort });
    return {
      lines: [`emulator ${emulator.origin}`, `demo site ${demoSite.origin}`],
      stop: async () => void (await Promise.all([emulator.close(), demoSite.close()])),
    };
  } catch (error) {
    await emulator.close();
    throw error;
  }
}

try {
  const { lines, stop } = await start();
  // Before the first line, because its reader may send a signal at once.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
  process.stdout.write(lines.map((line) => `${line}\n`).join(""));
} catch (error) {
  process.stderr.write(`wsc-emulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
