import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDemoSite, type DemoSite } from "@wsc-dashboard/wsc-emulator";
import fc from "fast-check";
import { Validator } from "jsonschema";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ClientFailure, exitCodes } from "../src/client/exit-code.ts";
import { orderKeyOf } from "../src/client/idempotency-key.ts";
import { printable } from "../src/client/printable.ts";
import { findingsAtOrAbove } from "../src/client/severity-limit.ts";
import type { CommandResult } from "../src/commands/command.ts";
import { readWords } from "../src/commands/read-words.ts";
import { type Stack, startStack, until } from "./start-bff.ts";
import { startProgram } from "./start-program.ts";

let stack: Stack;
let site: DemoSite;
let directory: string;
let operator: { id: string; text: string };

async function createToken(role: string): Promise<{ id: string; text: string }> {
  const body = { name: `${role} pipeline`, role, targets: null, expiresInDays: 1 };
  const { json } = await stack.ask("POST", "/api/tokens", { body });
  return { id: json.token.id, text: json.text };
}

beforeAll(async () => {
  site = await createDemoSite();
  stack = await startStack();
  directory = mkdtempSync(join(tmpdir(), "wsc-client-"));
  operator = await createToken("operator");
});
afterAll(async () => {
  await stack.close();
  await site.close();
  rmSync(directory, { recursive: true, force: true });
});

let told: string[] = [];
/** Runs `wsc` with these arguments and only these variables. */
async function run(words: readonly string[], environment: Record<string, string> = {}): Promise<CommandResult> {
  told = [];
  const surroundings = {
    environment: { WSC_URL: stack.origin, WSC_TOKEN: operator.text, ...environment },
    version: "1.2.3",
    now: Date.now,
    showProgress: () => {},
    tell: (line: string) => told.push(line),
  };
  const command = readWords(words, "1.2.3");
  if (command === null) throw new Error("no such command");
  return command(surroundings);
}
async function failure(words: readonly string[], environment: Record<string, string> = {}): Promise<ClientFailure> {
  return run(words, environment).then(
    () => expect.unreachable(),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ClientFailure);
      return error as ClientFailure;
    },
  );
}
/** One request: whoever repeats it gets the scan that is there already. */
const firstRequest = ["--items", "SQL Injection", "--accept-charges", "--key", "first"];
const orders = (): number =>
  stack.emulator.control.requests().filter(({ operation }) => operation === "createJob").length;

describe("wsc scan", () => {
  it("ends by the severity of what it found, and writes valid SARIF", async () => {
    const file = join(directory, "out.sarif");
    const words = ["scan", site.origin, ...firstRequest, "--sarif", file];
    const before = orders();
    const high = await run([...words, "--fail-on", "high"]);
    expect(high).toMatchObject({ exitCode: exitCodes.findings, isWell: false });
    const schema = JSON.parse(readFileSync(new URL("./schemas/sarif-schema-2.1.0.json", import.meta.url), "utf8"));
    const sarif = JSON.parse(readFileSync(file, "utf8"));
    expect(new Validator().validate(sarif, schema).errors.map(String)).toEqual([]);
    expect(sarif.runs[0].results.length).toBeGreaterThan(0);
    // Repeating the same request finds the same scan.
    expect(await run([...words, "--fail-on", "none"])).toMatchObject({ exitCode: exitCodes.done, isWell: true });
    expect(orders() - before).toBe(1);
    expect(told).toContainEqual(expect.stringMatching(/^job \d+: completed/));
  });

  it("orders nothing without explicit consent to the charge", async () => {
    const before = orders();
    const { exitCode, message } = await failure(["scan", site.origin, "--wait"]);
    expect(exitCode).toBe(exitCodes.usage);
    expect(message).toContain("--accept-charges");
    expect(orders()).toBe(before);
  });

  it("is refused to a viewer's token, to a revoked one, and to a text that is none", async () => {
    const words = ["scan", site.origin, "--accept-charges"];
    const viewer = await createToken("viewer");
    expect(await failure(words, { WSC_TOKEN: viewer.text })).toMatchObject({
      exitCode: exitCodes.refused,
      code: "ROLE_FORBIDDEN",
    });
    const revoked = await createToken("operator");
    await stack.ask("DELETE", `/api/tokens/${revoked.id}`);
    for (const text of [revoked.text, "nonsense"]) {
      expect(await failure(words, { WSC_TOKEN: text })).toMatchObject({
        exitCode: exitCodes.refused,
        code: "TOKEN_INVALID",
      });
    }
  });

  it("says when the scan itself did not come about", async () => {
    stack.emulator.control.addFault({
      operation: "createJob",
      times: 1,
      effect: { kind: "service-error", code: "160451" },
    });
    const ended = await failure(["scan", `${site.origin}/other`, "--accept-charges", "--wait"]);
    expect(ended).toMatchObject({ exitCode: exitCodes.unfinished, code: "160451" });
  });

  it("stops waiting when its time is over, while the scan goes on", async () => {
    stack.emulator.control.changeSettings({ paceMs: 3_600_000 });
    // Another host name: a job of the same target would block the following ones.
    const words = ["scan", `http://localhost:${site.port}/slow`, "--accept-charges", "--wait", "--timeout", "2s"];
    const ended = await failure(words);
    stack.emulator.control.changeSettings({ paceMs: 0 });
    expect(ended.exitCode).toBe(exitCodes.timeout);
  });
});

describe("an order whose answer is lost", () => {
  let proxy: Server;
  let lost = 0;
  beforeAll(async () => {
    // Forwards the first request and cuts off its response.
    proxy = createServer((incoming, outgoing) => {
      const { method = "GET", url: path = "/", headers } = incoming;
      const forwarded = httpRequest(
        { port: stack.port, host: "127.0.0.1", method, path, headers: { ...headers, host: `127.0.0.1:${stack.port}` } },
        (answer) => {
          if (method === "POST" && lost === 0) {
            lost += 1;
            answer.resume().on("end", () => incoming.socket.destroy());
            return;
          }
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        },
      );
      incoming.pipe(forwarded);
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => proxy.close());

  it("is repeated under the same key and orders one scan", async () => {
    const before = orders();
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const words = ["scan", `${site.origin}/lost`, "--accept-charges"];
    const { data } = await run(words, { WSC_URL: url });
    const { submission } = data as { submission: { id: string } };
    expect(lost).toBe(1);
    await until(
      async () => (await stack.ask("GET", `/api/submissions/${submission.id}`)).json.submission.state,
      (state) => state === "BOUND",
    );
    expect(orders() - before).toBe(1);
    const { total } = (await stack.ask("GET", "/api/submissions")).json;
    expect(
      (await run(words, { WSC_URL: url, CI_SERVER_URL: "https://git.example.com", CI_PIPELINE_ID: "1" })).isWell,
    ).toBe(true);
    expect((await stack.ask("GET", "/api/submissions")).json.total).toBe(total + 1);
  });

  it("has one key for one run of a pipeline, and another for another order or run", () => {
    const gitlab = { CI_SERVER_URL: "https://git.example.com", CI_PIPELINE_ID: "7" };
    const key = (environment: Record<string, string>, order: unknown, given?: string) =>
      orderKeyOf(given, environment, order).header;
    expect(key(gitlab, { startUrl: "a" })).toBe(key({ ...gitlab, CI_JOB_ID: "2" }, { startUrl: "a" }));
    expect(key(gitlab, { startUrl: "a" })).not.toBe(key(gitlab, { startUrl: "b" }));
    expect(key(gitlab, {})).not.toBe(key({ ...gitlab, CI_PIPELINE_ID: "8" }, {}));
    expect(key(gitlab, {}, "mine")).toBe(key({}, {}, "mine"));
    expect(key({}, {})).not.toBe(key({}, {}));
    for (const one of [key(gitlab, {}), key({}, {})]) expect(one).toMatch(/^[A-Za-z0-9_-]{16,64}$/);
  });
});

describe("wsc jobs, report and schedules", () => {
  it("list what the token may see", async () => {
    const { data, lines } = await run(["jobs", "--limit", "5"]);
    const [job] = (data as { jobs: { instanceNo: string; startUrl: string }[] }).jobs;
    expect(lines[0]).toContain(job?.instanceNo);
    expect((await run(["jobs", job?.instanceNo ?? ""])).lines[0]).toContain(job?.startUrl);
    expect((await run(["schedules"])).lines).toEqual(["page 1 of 1, 0 schedules"]);
  });

  it("save a report and end by its findings", async () => {
    const { data } = await run(["scan", site.origin, ...firstRequest, "--wait"]);
    const { instanceNo } = data as { instanceNo: string };
    const output = join(directory, "report.csv");
    const words = ["report", instanceNo, "--format", "csv", "--output", output];
    expect(await run([...words, "--fail-on", "low"])).toMatchObject({ exitCode: exitCodes.findings });
    expect(readFileSync(output, "utf8").split("\n").length).toBeGreaterThan(2);
    expect(await failure(["report", "99999999"])).toMatchObject({ exitCode: exitCodes.refused, code: "JOB_NOT_FOUND" });
  });
});

describe("the settings of the client", () => {
  it("are refused by what is wrong with them", async () => {
    const token = join(directory, "token");
    writeFileSync(token, `${operator.text}\n`);
    expect(await run(["jobs"], { WSC_TOKEN: "", WSC_TOKEN_FILE: token })).toMatchObject({ isWell: true });
    for (const [environment, words] of [
      [{ WSC_URL: "" }, "WSC_URL is required"],
      [{ WSC_URL: "http://wsc.example.com" }, "must be https"],
      [{ WSC_URL: "https://wsc.example.com/wsc/" }, "without a path"],
      [{ WSC_TOKEN: "" }, "is required"],
      [{ WSC_TOKEN_FILE: token }, "both set"],
      [{ WSC_TOKEN: "", WSC_TOKEN_FILE: join(directory, "none") }, "ENOENT"],
      [{ WSC_TOKEN: "a\nb" }, "characters"],
    ] as [Record<string, string>, string][]) {
      const { exitCode, message } = await failure(["jobs"], environment);
      expect([exitCode, message], words).toEqual([exitCodes.usage, expect.stringContaining(words)]);
    }
    expect(await failure(["jobs"], { WSC_URL: "http://127.0.0.1:9" })).toMatchObject({
      exitCode: exitCodes.unreachable,
    });
  });

  it("are enough: it runs without any of the server's, tells no token, and ends with the code", async () => {
    const program = startProgram(
      "wsc",
      {
        WSC_URL: stack.origin,
        WSC_TOKEN: operator.text,
        WSC_ACCESS_KEY: "",
        WSC_SECRET_KEY: "",
        WSC_ENCRYPTION_KEYS: "",
      },
      ["report", "99999999", "--json"],
    );
    expect(await program.ended).toBe(exitCodes.refused);
    expect(JSON.parse(program.stdout.join(""))).toMatchObject({ isWell: null, code: "JOB_NOT_FOUND" });
    expect([...program.stdout, ...program.stderr].join("\n")).not.toContain(operator.text);
  });
});

describe("text from outside", () => {
  it("says nothing to a terminal", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
    expect(printable("a\u001b[31mb\nc")).toBe("a[U+001B][31mb[U+000A]c");
  });
});

describe("the limit of --fail-on", () => {
  it("counts its severity, the worse ones and those that nobody knows", () => {
    const counts = { high: 1, medium: 2, low: 4, unknown: 8 };
    expect(findingsAtOrAbove(counts, "high")).toBe(9);
    expect(findingsAtOrAbove(counts, "medium")).toBe(11);
    expect(findingsAtOrAbove(counts, "low")).toBe(15);
    expect(findingsAtOrAbove(counts, "none")).toBe(0);
  });
});
