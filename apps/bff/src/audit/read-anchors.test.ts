import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readAnchors } from "./read-anchors.ts";

const directory = mkdtempSync(join(tmpdir(), "wsc-anchors-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const hash = "ab".repeat(32);
const line = (seq: unknown, of: string = hash): string =>
  JSON.stringify({ "log.level": "info", message: "audit anchor", "wsc.audit.seq": seq, "wsc.audit.hash": of });
function logOf(...lines: readonly string[]): string {
  const file = join(directory, `${Math.random()}.log`);
  writeFileSync(file, lines.join("\n"));
  return file;
}

describe("anchors", () => {
  it("are read from the words", () => {
    expect(readAnchors(`7:${hash}`)).toEqual(new Map([[7, hash]]));
  });

  it("are found between other lines of a log", () => {
    const log = logOf(line(100), '{"message":"request"}', "not JSON", "", line(200), line(100), line(-1), line("3"));
    expect(readAnchors(log)).toEqual(
      new Map([
        [100, hash],
        [200, hash],
      ]),
    );
  });

  it.each([
    ["a log without any", () => logOf('{"message":"request"}'), /holds no anchor/],
    ["a log that contradicts itself", () => logOf(line(1), line(1, "cd".repeat(32))), /two hashes for entry 1/],
    ["a file that is not there", () => join(directory, "absent"), /neither an anchor .* nor a readable log/],
    ["half a hash", () => `7:${hash.slice(1)}`, /neither an anchor/],
    ["entry zero", () => `0:${hash}`, /neither an anchor/],
  ])("are not read from %s", (_, text, sentence) => {
    expect(() => readAnchors(text())).toThrow(sentence);
  });
});
