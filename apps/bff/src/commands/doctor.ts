import { fileURLToPath } from "node:url";
import { runDoctor } from "../doctor/run-doctor.ts";
import type { OpenCommand } from "./command.ts";

const marks = { ok: " ok ", warning: "WARN", problem: "FAIL", skipped: " -- " } as const;

/** Checks an installation, with advice for each problem. */
export const doctor: OpenCommand = async ({ environment, now }) => {
  const webDirectory = fileURLToPath(new URL("../../web/dist", import.meta.url));
  const findings = await runDoctor({ environment, nodeVersion: process.versions.node, webDirectory, now });
  return {
    lines: findings.flatMap(({ area, state, text, advice }) => [
      `${marks[state]}  ${area.padEnd(12)}  ${text}`,
      ...(advice === null ? [] : [`${" ".repeat(20)}→ ${advice}`]),
    ]),
    isWell: findings.every(({ state }) => state !== "problem"),
    data: { findings },
  };
};
