import { afterAll, beforeAll, expect, it } from "vitest";
import { createCanarySearch } from "./canaries.ts";
import { type Answer, accessKey, jobBody, type Stack, secretKey, startStack, until } from "./start-bff.ts";

const cookie = "SID=target-cookie-canary-31";
let stack: Stack;
const answers: Answer[] = [];
beforeAll(async () => {
  stack = await startStack({ seed: true, environment: { WSC_SIGNATURE_VALIDITY_MS: "50", WSC_INDEX_LAG_MS: "10" } });
});
afterAll(() => stack.close());

const ask = async (...args: Parameters<Stack["ask"]>): Promise<Answer> => {
  const answer = await stack.ask(...args);
  answers.push(answer);
  return answer;
};

const findCanaries = createCanarySearch({
  accessKey,
  secretKey,
  cookie,
  cookieValue: "target-cookie-canary-31",
  token: "target-token-canary-32",
});

it("neither keys, signatures nor a target's cookie are in any answer or log line, also in failures", async () => {
  const body = jobBody(`${stack.origin}/`, {
    memo: "canary",
    signIn: { kind: "headers", headers: { Cookie: cookie, Authorization: "Bearer target-token-canary-32" } },
  });
  const { json } = await ask("POST", "/api/jobs", { body });
  await until(
    async () => (await ask("GET", `/api/submissions/${json.submission.id}`)).json.submission.state,
    (state) => state === "BOUND" || state === "FAILED",
  );
  await ask("POST", "/api/jobs", { body: { ...body, signIn: { kind: "headers", headers: { "bad header": cookie } } } });
  await ask("POST", "/api/jobs", { raw: JSON.stringify(body).slice(0, -3) });
  await ask("GET", `/api/jobs?q=${encodeURIComponent(cookie.slice(0, 3))}`);
  await ask("GET", "/api/session");
  const list = await ask("GET", "/api/jobs?limit=100");
  for (const { instanceNo } of list.json.jobs) await ask("GET", `/api/jobs/${instanceNo}/report`);
  for (const effect of [
    { kind: "gateway-error", code: "200" },
    { kind: "html", status: 500 },
    { kind: "reset", when: "before" },
    { kind: "garbage" },
    { kind: "hang" },
    { kind: "service-error", code: "160999" },
  ] as const) {
    stack.emulator.control.addFault({ operation: "*", times: 3, effect });
    await ask("GET", "/api/jobs?limit=7&q=x");
    stack.emulator.control.clearFaults();
    stack.emulator.control.addFault({ operation: "createJob", times: 1, effect });
    const failed = await ask("POST", "/api/jobs", { body });
    await until(
      async () => (await ask("GET", `/api/submissions/${failed.json.submission.id}`)).json.submission.state,
      (state) => ["BOUND", "FAILED", "NEEDS_REVIEW"].includes(state),
    );
  }

  const everything = [...answers.map(({ text, headers }) => `${JSON.stringify(headers)}\n${text}`), ...stack.logs].join(
    "\n",
  );
  expect(stack.logs.length).toBeGreaterThan(100);
  expect(findCanaries(everything)).toEqual([]);
  // A signature is 44 base64 characters that end in "=".
  expect(everything).not.toMatch(/[A-Za-z0-9+/]{43}=/);
  expect(everything).not.toMatch(/x-ncp-apigw-signature/i);
});

it("every log line is one JSON document, for hostile requests too", async () => {
  await stack.ask("GET", `/api/jobs/${encodeURIComponent('1\n{"log.level":"fatal","message":"forged"}\u001b[31m')}`);
  for (const line of stack.logs) {
    expect(line.endsWith("\n")).toBe(true);
    expect(line.slice(0, -1)).not.toContain("\n");
    expect(() => JSON.parse(line)).not.toThrow();
    expect(line).not.toContain("\u001b");
  }
  expect(stack.logs.map((line) => JSON.parse(line).message)).not.toContain("forged");
});

it("a short body that is no JSON is not quoted in the log", async () => {
  const short = "pw-canary-77";
  for (const raw of [`"${short}"x`, `{"a":"${short}"`, `[${short}]`]) await stack.ask("POST", "/api/jobs", { raw });
  expect(stack.logs.filter((line) => line.includes("JSON_INVALID")).length).toBeGreaterThanOrEqual(3);
  expect(stack.logs.join("")).not.toContain(short);
});
