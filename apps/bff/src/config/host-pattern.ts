import { isIP } from "node:net";
import { isHostName } from "@wsc-dashboard/wsc-core";
import type { Reading } from "./setting-text.ts";

/** Characters that occur neither in host names nor in IPv6 addresses. */
const notInName = /[^\p{L}\p{M}\p{N}._\-\u3002\uff0e\uff61\u00b7\u30fb[\]:]/u;

/** The host in URL form: lower case, punycode, IPv6 in brackets; `null` when it is invalid. */
function hostOf(name: string): string | null {
  const text = isIP(name) === 6 ? `[${name}]` : name;
  if (!URL.canParse(`http://${text}/`)) return null;
  const { hostname, port, pathname, search, hash, username } = new URL(`http://${text}/`);
  const isHost = port === "" && pathname === "/" && search === "" && hash === "" && username === "";
  return isHost ? hostname.replace(/\.$/, "") : null;
}

/** No host name ends in a label of digits and hyphens: an address range was meant. */
const isRange = (host: string): boolean => isIP(host) === 0 && /(?:^|\.)[0-9][0-9-]*$/.test(host);

const isAddress = (host: string): boolean => host.startsWith("[") || isIP(host) !== 0;

/**
 * Normalizes a pattern of WSC_TARGET_ALLOWLIST for comparison with target hosts: a name, an address, or `*.example.com`, each
 * optionally with `:*` for every port. A pattern that can never match is a problem. `insteadOfAll`: what to do instead of naming
 * every host.
 */
export function readHostPattern(
  entry: string,
  insteadOfAll = "leave the setting unset to allow every host",
): Reading<string> {
  // A host without a port already means every port. An IPv6 address without brackets never ends in `:*`.
  const part = entry.endsWith(":*") ? entry.slice(0, -2) : entry;
  if (/^(?:\*|all|any|every|everything)$/i.test(part)) return { problem: `is ${part}; ${insteadOfAll}` };
  if (/^(?:none|nothing|null)$/i.test(part)) return { problem: `is ${part}; there is no word for no host` };
  if (part.startsWith(".")) return { problem: `is ${part}; write *${part} for all names below it` };
  if (part.includes("://")) return { problem: `is ${part}, an address; write its host alone` };
  if (/\/[0-9]+$/.test(part)) return { problem: `is ${part}; networks are not understood, only single addresses` };
  if (/^[^:]+:[0-9]+$|\]:[0-9]+$/.test(part)) return { problem: `is ${part}; a port has no say, write the host alone` };
  const isWildcard = part.startsWith("*.");
  const name = isWildcard ? part.slice(2) : part;
  const host = notInName.test(name) ? null : hostOf(name);
  if (host === null || !isHostName(host) || isRange(host))
    return { problem: `is ${part}, which is no host, and no pattern such as *.example.com` };
  if (isIP(host) === 4 && isIP(name) !== 4 && /^[0-9a-fx.]+$/i.test(name))
    return { problem: `is ${part}, another spelling of ${host}; write that if you mean it` };
  if (!isWildcard) return { value: host };
  return isAddress(host) ? { problem: `is ${part}; there are no names below an address` } : { value: `*.${host}` };
}
