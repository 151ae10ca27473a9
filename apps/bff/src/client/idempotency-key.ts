import { createHash, randomUUID } from "node:crypto";
import type { Environment } from "../config/env.ts";

export interface OrderKey {
  readonly header: string;
  /** What it is made of, for whoever repeats the command; `null`: of nothing that comes again. */
  readonly source: string | null;
}

/** Variables that name one run of a pipeline, and stay the same when it is repeated. */
const pipelines: readonly (readonly string[])[] = [
  ["CI_SERVER_URL", "CI_PIPELINE_ID"],
  ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID"],
  ["JENKINS_URL", "BUILD_TAG"],
];

function pipelineIn(environment: Environment): string | null {
  for (const names of pipelines) {
    const values = names.map((name) => environment[name] ?? "");
    if (values.every((value) => value !== "")) return values.join(" ");
  }
  return null;
}

/**
 * The Idempotency-Key of an order. The same `--key`, or the same run of a pipeline, with the same order gives the same key, so that repeating
 * it after a lost answer finds the first order; another order of the same run has a key of its own.
 */
export function orderKeyOf(given: string | undefined, environment: Environment, order: unknown): OrderKey {
  const source = given ?? pipelineIn(environment);
  if (source === null) return { header: randomUUID(), source: null };
  const header = createHash("sha256")
    .update(JSON.stringify([source, order]))
    .digest("base64url");
  return { header, source };
}
