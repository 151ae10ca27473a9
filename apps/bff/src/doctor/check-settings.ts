import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Config, ConfigResult } from "../config/config.ts";
import { type Environment, unknownSettings } from "../config/env.ts";
import { type Finding, ok, problem, skipped, warning } from "./finding.ts";

const testedNode = 24;
const oldestNode = 22;
const dayMs = 86_400_000;
/** A certificate that expires within this time is reported. */
const soonMs = 30 * dayMs;

/** Checks Node's version, and that the built web exists. */
export function checkRuntime(nodeVersion: string, webDirectory: string): Finding[] {
  const major = Number.parseInt(nodeVersion, 10);
  const node =
    major < oldestNode
      ? problem("runtime", `Node ${nodeVersion} is too old`, `install Node ${testedNode}`)
      : major < testedNode
        ? warning("runtime", `Node ${nodeVersion} works but is not what is tested`, `install Node ${testedNode}`)
        : ok("runtime", `Node ${nodeVersion}`);
  if (existsSync(join(webDirectory, "index.html"))) return [node];
  return [node, problem("runtime", `${webDirectory} has no index.html`, "unpack the whole release archive again")];
}

const howToRun =
  "run wsc with the settings of the service: for systemd and containers see docs/self-hosting.md, section wsc";

/** All problems and warnings of the settings. */
export function checkSettings(environment: Environment, result: ConfigResult): Finding[] {
  const unknown = unknownSettings(environment).map(({ name, meant }) =>
    warning(
      "settings",
      `${name} is no setting and does nothing`,
      meant === null ? "look it up in docs/configuration.md, or take it out" : `write ${meant}`,
    ),
  );
  if ("problems" in result) {
    const isBare = !Object.keys(environment).some((name) => name.startsWith("WSC_"));
    const advice = isBare ? howToRun : "correct it; docs/configuration.md lists what is accepted";
    return [...result.problems.map((text) => problem("settings", text, advice)), ...unknown];
  }
  const warnings = result.warnings.map((text) => warning("settings", text, "correct it if something else was meant"));
  if (warnings.length + unknown.length > 0) return [...warnings, ...unknown];
  return [ok("settings", "all settings can be read")];
}

/** The code with which listening on `host` fails; `null` when it succeeds. On any free port: the server may be running. */
function listenFailure(host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown reason"));
    server.listen({ host, port: 0, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** Checks that the addresses to listen on belong to this machine. */
export async function checkAddresses({ host, metricsPort, metricsHost }: Config): Promise<Finding[]> {
  const addresses = new Map([["HOST", host]]);
  if (metricsPort !== null && metricsHost !== null) addresses.set("WSC_METRICS_HOST", metricsHost);
  const findings: Finding[] = [];
  for (const [name, address] of addresses) {
    const code = await listenFailure(address);
    if (code === null) continue;
    const advice = "set an address of this machine, or 0.0.0.0 for all of them";
    findings.push(problem("settings", `${name}: nothing can listen on ${address} (${code})`, advice));
  }
  return findings;
}

/** Checks the certificates in NODE_EXTRA_CA_CERTS. A file without certificates is already a problem of the settings. */
export function checkCertificates(environment: Environment, now: number): Finding[] {
  const file = environment.NODE_EXTRA_CA_CERTS?.trim() ?? "";
  if (file === "") return [skipped("certificates", "NODE_EXTRA_CA_CERTS is not set: public CAs alone")];
  let text: string;
  try {
    text = readFileSync(file, "latin1");
  } catch {
    return [
      problem("certificates", "the file of NODE_EXTRA_CA_CERTS cannot be read", "correct its path or its rights"),
    ];
  }
  const parts = text.split("-----END CERTIFICATE-----").slice(0, -1);
  const findings = parts.map((part, index): Finding | null => {
    const what = `certificate ${index + 1} of NODE_EXTRA_CA_CERTS`;
    try {
      const { validTo } = new X509Certificate(`${part}-----END CERTIFICATE-----\n`);
      const left = Date.parse(validTo) - now;
      if (left <= 0)
        return problem("certificates", `${what} has expired (${validTo})`, "put the CA's new certificate there");
      if (left < soonMs)
        return warning("certificates", `${what} expires on ${validTo}`, "get the CA's next certificate");
      return null;
    } catch {
      return problem("certificates", `${what} cannot be read`, "export it again in PEM form");
    }
  });
  const told = findings.filter((finding) => finding !== null);
  return told.length > 0 ? told : [ok("certificates", `${parts.length} certificates of a private CA`)];
}
