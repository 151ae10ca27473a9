import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { describe, expect, test } from "vitest";
import { runProcess, startProcess, stopAllProcesses, stopProcess } from "../scripts/processes.mjs";

const node = process.execPath;
const scripts = new URL("../scripts/", import.meta.url).href;
const forever = "setInterval(() => {}, 1000);";

describe("a child process", () => {
  test("returns the whole of a long output", async () => {
    const { ok, output } = await runProcess(node, [
      "-e",
      "process.stdout.write('line\\n'.repeat(200_000) + 'the end')",
    ]);
    expect(ok).toBe(true);
    expect(output).toHaveLength(1_000_007);
    expect(output.endsWith("the end")).toBe(true);
  });

  test("that fails is reported as failed", async () => {
    const { ok, output } = await runProcess(node, ["-e", "process.stderr.write('why'); process.exitCode = 3"]);
    expect(ok).toBe(false);
    expect(output).toBe("why");
  });

  test("that cannot be started is refused", async () => {
    await expect(runProcess("no-such-program-here", [])).rejects.toThrow("ENOENT");
  });

  test("that takes too long is ended and reported", async () => {
    const { ok, output } = await runProcess(node, ["-e", forever], { timeoutMs: 300 });
    expect(ok).toBe(false);
    expect(output).toContain("stopped after 0.3 s");
  });

  test("ends with the processes it started", async () => {
    // The grandchild holds the pipe: while it lives, the output does not end.
    const code = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(forever)}], { stdio: "inherit" });
      process.stdout.write("started", () => process.exit());`;
    const { output } = await runProcess(node, ["-e", code]);
    expect(output).toBe("started");
  });

  test("is ended with all others on a stop signal", async () => {
    const ends = [runProcess(node, ["-e", forever]), runProcess(node, ["-e", forever])];
    await stopAllProcesses();
    for (const end of await Promise.all(ends)) expect(end).toEqual({ ok: false, output: "\nended by SIGTERM\n" });
  });

  test("that has ended can be stopped again", async () => {
    const child = startProcess(node, ["-e", ""]);
    await stopProcess(child);
    await stopProcess(child);
    expect(child.exitCode ?? child.signalCode).not.toBeNull();
  });
});

test("a server does not outlive the script that started it, even when that is killed", async () => {
  const server = `const server = require("node:http").createServer((request, response) => response.end("here"));
    server.listen(0, "127.0.0.1", () => process.stdout.write(server.address().port + "\\n"));`;
  const script = `import { startProcess } from "${scripts}processes.mjs";
    startProcess(process.execPath, ["--import", "${scripts}exit-with-parent.mjs", "-e", ${JSON.stringify(server)}],
      { stdio: ["ignore", "inherit", "inherit", "ipc"] });`;
  const parent = spawn(node, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise<string>((resolve) => createInterface({ input: parent.stdout }).once("line", resolve));
  const answer = async (): Promise<string> => {
    const response = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    return response === null ? "nobody there" : response.text();
  };
  expect(await answer()).toBe("here");
  parent.kill("SIGKILL");
  await expect.poll(answer, { timeout: 300_000 }).toBe("nobody there");
});
