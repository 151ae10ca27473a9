import { WscError } from "@wsc-dashboard/wsc-core";
import type { Config } from "../config/config.ts";
import { probeConnection } from "../upstream/connection-probe.ts";
import { adviceForConnection, codesOf, type Finding, ok, problem, skipped, warning } from "./finding.ts";

/** Clock offsets from which it is reported, and from which NAVER Cloud refuses signatures. */
const notedMs = 30_000;
const refusedMs = 300_000;
const connectMs = 5_000;

const adviceByCode: Readonly<Record<string, string>> = {
  "200": "the access key or the secret key is wrong, or belongs to another environment (WSC_UPSTREAM)",
  "210": "the sub account may not use Web Security Checker: give it the policy",
  "300": "the address is not that of the gateway: correct WSC_UPSTREAM or WSC_UPSTREAM_URL",
  "400": "too many calls: wait a minute",
  UPSTREAM_UNREACHABLE: "nothing answers there: correct WSC_UPSTREAM or WSC_UPSTREAM_URL, or open the firewall",
  UPSTREAM_TIMEOUT: "it does not answer in time: look for a firewall or a proxy in between",
  UPSTREAM_UNREADABLE: "something else answers than the gateway: a proxy in between, or a wrong WSC_UPSTREAM_URL",
};

function checkClock(offsetMs: number | null): Finding {
  if (offsetMs === null) return skipped("clock", "the gateway has not told its time");
  const text = `this clock is ${Math.round(Math.abs(offsetMs) / 1000)} s ${offsetMs > 0 ? "behind" : "ahead of"} the gateway's`;
  const advice = "synchronise it, such as with systemd-timesyncd or chrony";
  if (Math.abs(offsetMs) >= refusedMs) return problem("clock", text, advice);
  return Math.abs(offsetMs) >= notedMs ? warning("clock", text, advice) : ok("clock", "as the gateway's");
}

/** Error codes of a failed connection, which errors of upstream calls do not contain. */
async function connectionCodes(origin: string): Promise<string[]> {
  try {
    const answer = await fetch(origin, { redirect: "manual", signal: AbortSignal.timeout(connectMs) });
    await answer.body?.cancel();
    return [];
  } catch (error) {
    return codesOf(error);
  }
}

/** Reads one job of the list, which is free, and compares the clocks. */
export async function checkUpstream({ upstream }: Config, now: () => number): Promise<Finding[]> {
  const { origin } = upstream;
  const { failure, offsetMs } = await probeConnection({ ...upstream, now });
  const clockFinding = checkClock(offsetMs);
  if (failure === null) return [clockFinding, ok("upstream", `${origin} accepts the keys and lists jobs`)];
  const code = failure instanceof WscError ? failure.code : "INTERNAL_ERROR";
  if (code === "200" && clockFinding.state === "problem") {
    const advice = "set the clock first: it is why signatures are refused";
    return [clockFinding, problem("upstream", `${origin} answers 200`, advice)];
  }
  const codes = code === "UPSTREAM_UNREACHABLE" ? await connectionCodes(origin) : [];
  const advice = adviceForConnection(codes) ?? adviceByCode[code] ?? "look the code up in docs/errors.md";
  return [clockFinding, problem("upstream", `${origin} cannot be used (${code})`, advice)];
}
