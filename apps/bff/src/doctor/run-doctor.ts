import { readConfig } from "../config/config.ts";
import type { Environment } from "../config/env.ts";
import { checkBackup, checkDatabase } from "./check-database.ts";
import { checkIdentity } from "./check-identity.ts";
import { checkProxy } from "./check-proxy.ts";
import { checkAddresses, checkCertificates, checkRuntime, checkSettings } from "./check-settings.ts";
import { checkUpstream } from "./check-upstream.ts";
import { type Area, type Finding, skipped } from "./finding.ts";

export interface DoctorParts {
  readonly environment: Environment;
  readonly nodeVersion: string;
  /** Directory of the built web. */
  readonly webDirectory: string;
  readonly now: () => number;
}

const later: readonly Area[] = ["database", "backup", "clock", "upstream", "identity", "proxy"];

/** Checks everything that an installation needs, also while a server is running. Changes nothing and makes no paid call. */
export async function runDoctor({ environment, nodeVersion, webDirectory, now }: DoctorParts): Promise<Finding[]> {
  const result = readConfig(environment);
  const first = [
    ...checkRuntime(nodeVersion, webDirectory),
    ...checkSettings(environment, result),
    ...checkCertificates(environment, now()),
  ];
  if ("problems" in result) return [...first, ...later.map((area) => skipped(area, "the settings come first"))];
  const { config } = result;
  const rest = await Promise.all([
    checkAddresses(config),
    checkDatabase(config),
    checkBackup(config, now()),
    checkUpstream(config, now),
    checkIdentity(config, now),
    checkProxy(config),
  ]);
  return [...first, ...rest.flat()];
}
