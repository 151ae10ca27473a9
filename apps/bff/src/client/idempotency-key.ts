import { createHash, randomUUID } from "node:crypto";
import type { Environment } from "../config/env.ts";

export interface OrderKey {
  readonly header: string;
  /** What the key is derived from, for repeating the command; `null` when it is random. */
  readonly source: string | null;
}

/** Variables that identify a pipeline run and stay the same when it is retried. */
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
 * The Idempotency-Key of a job request. The same `--key` or pipeline run with the same request gives the same key, so that a
 * retry after a lost response finds the first request; other requests of the run have other keys.
 */
export function orderKeyOf(given: string | undefined, environment: Environment, order: unknown): OrderKey {
  const source = given ?? pipelineIn(environment);
  if (source === null) return { header: randomUUID(), source: null };
  const header = createHash("sha256")
    .update(JSON.stringify([source, order]))
    .digest("base64url");
  return { header, source };
}
