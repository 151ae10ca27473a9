import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { hangLimitMs } from "./scripts/hang-limit.ts";

const products = ["{packages,apps}/*/test/**/*.test.ts", "test/**/*.test.ts"] as const;
/** Take from ten seconds to minutes each, most of it in processes of their own: to load the modules anew is little of that. */
const long = [
  "apps/bff/test/crash/*.test.ts",
  "apps/bff/test/database-*.test.ts",
  "apps/bff/test/{durability,exports,fault-outcomes,gateway-dialects,gateway-probe,keys-command}.test.ts",
  "apps/bff/test/{linear-growth,malformed,replicas,schedule-year,secrets,targets,wsc-client}.test.ts",
  "test/{deploy,linear-time,processes,release}.test.ts",
] as const;

/** Begins with the files that take minutes, and goes on with the other long ones: begun last, they would run on alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId, project }: TestSpecification): number =>
      /\/crash\/|schedule-year/.test(moduleId) ? 0 : project.name === "long" ? 1 : 2;
    return (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other));
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
        test: { name: "products", include: [...products], exclude: [...long], isolate: false },
      },
      {
        extends: true,
        test: { name: "long", include: [...long] },
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
