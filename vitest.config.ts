import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { hangLimitMs } from "./scripts/hang-limit.ts";

const products = ["{packages,apps}/*/test/**/*.test.ts", "test/**/*.test.ts"] as const;
/** Hundreds of trials each, most of them of servers in processes of their own. */
const trials = ["apps/bff/test/crash/*.test.ts", "apps/bff/test/schedule-year.test.ts"] as const;

/** Begins with the files that take minutes: begun last, they would run on alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ project }: TestSpecification): boolean => project.name === "trials";
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    environment: "node",
    // Files of a project without isolation share processes: most of their time was loading the same modules for each file.
    projects: [
      {
        extends: true,
        test: { name: "sources", include: ["{packages,apps}/*/src/**/*.test.ts"], isolate: false },
      },
      {
        extends: true,
        test: { name: "products", include: [...products], exclude: [...trials], isolate: false },
      },
      {
        extends: true,
        test: { name: "trials", include: [...trials] },
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
