import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { hangLimitMs } from "./scripts/hang-limit.ts";

/** Begins with the files that take minutes: begun last, they would run on alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => /\/crash\/|schedule-year/.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    environment: "node",
    projects: [
      {
        extends: true,
        // They share one process: most of their time was starting one for each file.
        test: { name: "sources", include: ["{packages,apps}/*/src/**/*.test.ts"], isolate: false },
      },
      {
        extends: true,
        test: { name: "products", include: ["{packages,apps}/*/test/**/*.test.ts", "test/**/*.test.ts"] },
      },
    ],
    setupFiles: ["./test/setup/fail-on-console.ts"],
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
