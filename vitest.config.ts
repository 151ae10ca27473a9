import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { hangLimitMs } from "./scripts/hang-limit.ts";

/** Take from ten seconds to minutes each. */
const long =
  /\/crash\/|schedule-year|\/(?:database-\w+|durability|exports|fault-outcomes|gateway-(?:dialects|probe)|keys-command|linear-(?:growth|time)|malformed|replicas|secrets|targets|wsc-client|deploy|processes|release)\.test\.ts$/;

/** Take minutes each, the longest first. */
const longest = [/\/crash-sweep/, /\/kill-9/, /\/(?:replicas|database-postgres)/, /\/crash\//];

/** Begins with the files that take minutes, and goes on with the other long ones: begun last, they would run on alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const rank = [...longest, long].findIndex((some) => some.test(moduleId));
      return rank === -1 ? longest.length + 1 : rank;
    };
    return (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

export default defineConfig({
  test: {
    environment: "node",
    include: ["{packages,apps}/*/{src,test}/**/*.test.ts", "test/**/*.test.ts"],
    // Files share processes: loading the same modules for each file would take longer than most of them.
    isolate: false,
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
