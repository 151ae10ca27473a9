import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { curlText } from "./curl-text.ts";

/** What a shell makes of the command: its words, one after the other. */
function wordsOf(command: string): readonly string[] {
  const output = execFileSync("/bin/sh", ["-c", `set -- ${command}\nprintf '%s\\0' "$@"`], { encoding: "utf8" });
  return output.split("\0").slice(0, -1);
}

const call = { method: "PUT", origin: "https://wsc.example.com", path: "/api/v1/job", hash: "" };

describe("the command to copy", () => {
  it("is one call with the body as it is sent", () => {
    const body = '{"StartUrl":"https://www.example.com/?a=1&b=2","Memo":"it\'s $HOME `id` \\\\ \\"x\\""}';
    expect(wordsOf(curlText({ ...call, body }))).toEqual([
      "curl",
      "--request",
      "PUT",
      "https://wsc.example.com/api/v1/job",
      "--header",
      "Content-Type: application/json",
      "--data-raw",
      body,
    ]);
  });

  it("says the same in a shell, whatever the body holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (memo) => {
        const body = JSON.stringify({ Memo: memo });
        expect(wordsOf(curlText({ ...call, body })).at(-1)).toBe(body);
      }),
      { numRuns: 25 },
    );
  });
});
