import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { hangLimitMs } from "./scripts/hang-limit.ts";

const products = ["{packages,apps}/*/test/**/*.test.ts", "test/**/*.test.ts"] as const;
/** Take from ten seconds to minutes each. */
const long =
  /\/crash\/|schedule-year|\/(?:database-\w+|durability|exports|fault-outcomes|gateway-(?:dialects|probe)|keys-command|linear-(?:growth|time)|malformed|replicas|secrets|targets|wsc-client|deploy|processes|release)\.test\.ts$/;

/** Begins with the files that take minutes, and goes on with the other long ones: begun last, they would run on alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification): number =>
      /\/crash\/|schedule-year/.test(moduleId) ? 0 : long.test(moduleId) ? 1 : 2;
    return (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

export default defineConfig({
  test: {
    environment: "node",
    // Files of a project share processes: loading the same modules for each file would take longer than most of them.
    projects: [
      {
        extends: true,
        test: { name: "sources", include: ["{packages,apps}/*/src/**/*.test.ts"], isolate: false },
      },
      {
        extends: true,
        test: { name: "products", include: [...products], isolate: false },
      },
    ],
    globalSetup: ["./test/setup/remove-temporary-files.ts"],
    setupFiles: ["./test/setup/temporary-files-in-memory.ts", "./test/setup/fail-on-console.ts"],
    allowOnly: false,
    restoreMocks: true,
    // The slow files wait for other processes more than they compute.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: hangLimitMs,
    hookTimeout: hangLimitMs,
    teardownTimeout: hangLimitMs,
  },
});
