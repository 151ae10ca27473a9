import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs main.ts; `onOutput` is called with the whole output so far whenever it grows. */
async function run(
  env: Record<string, string>,
  onOutput: (output: string, child: ChildProcess) => void = () => undefined,
): Promise<Ended> {
  const ports = { WSC_EMULATOR_PORT: "0", WSC_DEMO_SITE_PORT: "0" };
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [main], { env: { PATH, NODE_COMPILE_CACHE, ...ports, ...env } });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    onOutput(output, child);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output, errors };
}

describe("main", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "starts gateway and demo site, prints no key, and ends cleanly on %s",
    async (signal) => {
      const keys = { WSC_EMULATOR_ACCESS_KEY: "canary-access", WSC_EMULATOR_SECRET_KEY: "canary-secret" };
      const ended = await run(keys, (output, child) => {
        if (output.split("\n").length > 2) child.kill(signal);
      });
      expect(ended).toMatchObject({ code: 0, errors: "" });
      // The whole output: no key is in it.
      expect(ended.output).toMatch(/^emulator http:\/\/127\.0\.0\.1:\d+\ndemo site http:\/\/127\.0\.0\.1:\d+\n$/);
    },
  );

  it("refuses to start with a port that is none, in one sentence that names the variable", async () => {
    const ended = await run({ WSC_DEMO_SITE_PORT: "-1" });
    expect(ended).toMatchObject({ code: 1, output: "" });
    expect(ended.errors).toMatch(/^wsc-emulator: WSC_DEMO_SITE_PORT must be a port number.*\n$/);
  });

  it("closes the first port when the second is in use", async () => {
    let taken: Promise<Ended> | undefined;
    const ended = await run({}, (output, child) => {
      const port = /demo site \S+:(\d+)\n/.exec(output)?.[1];
      if (port === undefined || taken) return;
      taken = run({ WSC_DEMO_SITE_PORT: port });
      void taken.then(() => child.kill("SIGTERM"));
    });
    expect(ended.code).toBe(0);
    expect(await taken).toMatchObject({ code: 1, output: "", errors: expect.stringContaining("EADDRINUSE") });
  });
});
