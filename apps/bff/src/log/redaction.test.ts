import { Secret } from "@wsc-dashboard/wsc-core/node";
import { expect, it } from "vitest";
import { createLogger } from "./logger.ts";
import { createRedaction, spellings } from "./redaction.ts";

const secrets = ["first-secret-1", 'second "secret" 2', "third/secret+3"].map((value) => new Secret(value));

it("a log line shows no registered secret in any encoding, whenever and in whichever order it was registered", () => {
  const lines: string[] = [];
  const redaction = createRedaction(secrets.slice(0, 1));
  const logger = createLogger("info", redaction, (line) => lines.push(line));
  for (const secret of secrets.slice(1)) redaction.hide([secret]);
  for (const secret of secrets) {
    // Logging encodes values as JSON, so spellings that are already JSON are left out.
    const written = spellings(secret.reveal()).filter((spelling) => !spelling.includes("\\"));
    for (const spelling of written) logger.info({ field: spelling, list: [spelling] }, `a ${spelling}`);
  }
  const log = lines.join("");
  for (const spelling of secrets.flatMap((secret) => spellings(secret.reveal()))) expect(log).not.toContain(spelling);
  expect(log.split("[redacted]").length - 1).toBe(lines.length * 3);
});

it("a value is logged until it is registered as a secret", () => {
  const redaction = createRedaction([]);
  expect(redaction.mask("a late-secret b")).toBe("a late-secret b");
  redaction.hide([new Secret("late-secret")]);
  expect(redaction.mask("a late-secret b")).toBe("a [redacted] b");
});
