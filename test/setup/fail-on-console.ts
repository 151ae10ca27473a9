import { format } from "node:util";
import { afterAll, afterEach } from "vitest";

// A test that expects such output replaces the method itself; all other output is an unnoticed fault.
const said: string[] = [];
const methods = ["error", "warn"] as const;

for (const method of methods) {
  console[method] = (...args: unknown[]) => {
    said.push(`console.${method}: ${format(...args)}`);
  };
}

function failOnOutput(): void {
  const unexpected = said.splice(0);
  if (unexpected.length > 0) throw new Error(`unexpected output:\n${unexpected.join("\n")}`);
}

afterEach(failOnOutput);
afterAll(failOnOutput);
