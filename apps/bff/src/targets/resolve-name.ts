import { promises as dns } from "node:dns";
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";

/** Returns all addresses of a name. Ends soon after `signal` aborts; throws with the resolver's code (ENOTFOUND, ETIMEOUT). */
export type Lookup = (hostname: string, signal: AbortSignal) => Promise<readonly string[]>;

export interface LookupOptions {
  /** Addresses of name servers; those of the system when not set. */
  readonly servers?: readonly string[];
  readonly hostsFile?: string;
  readonly resolverFile?: string;
  /** Time limit for one name, including all record types and suffixes, in milliseconds. */
  readonly timeoutMs?: number;
}

/** First timeout of one name server, in milliseconds; it grows with each try. */
const firstWaitMs = 1500;
const tries = 3;
/** Maximum wait for the second address family once the first has responded, in milliseconds. */
const otherFamilyMs = 500;
const maxFileLength = 1_000_000;
const maxSuffixes = 6;

interface SearchRule {
  readonly suffixes: readonly string[];
  /** A name with at least this many dots is first tried without a suffix. */
  readonly dots: number;
}

const notFound = (hostname: string): Error => Object.assign(new Error(`${hostname} is unknown`), { code: "ENOTFOUND" });
const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
const isAbsence = (error: unknown): boolean => ["ENOTFOUND", "ENODATA"].includes(codeOf(error));

/** The words of each line before a comment; empty when the file does not exist. */
async function readWords(path: string): Promise<string[][]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text
    .slice(0, maxFileLength)
    .split("\n")
    .map((line) => (line.split("#", 1)[0] ?? "").split(/[ \t\r]/).filter((word) => word !== ""));
}

/** Addresses of a name in the hosts file (hosts(5)). */
async function addressesInFile(path: string, name: string): Promise<string[]> {
  const lines = await readWords(path);
  return lines.flatMap(([address = "", ...names]) =>
    isIP(address) !== 0 && names.some((other) => other.toLowerCase() === name) ? [address] : [],
  );
}

/** Reads the rules of resolv.conf(5) for names that are not fully qualified. */
async function readSearchRule(path: string): Promise<SearchRule> {
  let suffixes: string[] = [];
  let dots = 1;
  for (const [word, ...rest] of await readWords(path)) {
    if (word === "search" || word === "domain") suffixes = rest.slice(0, maxSuffixes);
    const ndots = word === "options" ? rest.find((option) => option.startsWith("ndots:")) : undefined;
    if (ndots !== undefined) dots = Math.min(15, Math.max(0, Number.parseInt(ndots.slice(6), 10) || 0));
  }
  return { suffixes: suffixes.map((suffix) => suffix.replace(/\.$/, "")).filter((suffix) => suffix !== ""), dots };
}

function spellings(name: string, { suffixes, dots }: SearchRule): string[] {
  if (name.endsWith(".")) return [name.slice(0, -1)];
  const longer = suffixes.map((suffix) => `${name}.${suffix}`);
  return name.split(".").length - 1 >= dots ? [name, ...longer] : [...longer, name];
}

/** Resolves both address families. If one is late, returns the addresses of the other. */
async function resolveBoth(resolver: dns.Resolver, name: string): Promise<string[]> {
  const families = [resolver.resolve4(name), resolver.resolve6(name)];
  const first = await Promise.any(families).catch(() => null);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string[]>((resolve) => {
    timer = setTimeout(resolve, first === null ? 0 : otherFamilyMs, []);
  });
  try {
    if (first === null) {
      // Prefers a timeout to an empty response, because it says more about the cause.
      const errors = (await Promise.allSettled(families)).map((one) => (one.status === "rejected" ? one.reason : null));
      throw errors.find((error) => !isAbsence(error)) ?? errors[0];
    }
    const [v4 = [], v6 = []] = await Promise.all(
      families.map((family) => Promise.race([family.catch((): string[] => []), late])),
    );
    // Alternates the families, because a machine without IPv6 connectivity cannot reach the IPv6 addresses of a name.
    return Array.from({ length: Math.max(v4.length, v6.length) }, (_, index) => [v4[index], v6[index]])
      .flat()
      .filter((address) => address !== undefined);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A DNS resolver for names that people enter. The system's blocks one of the few libuv threads while a name server is silent, and
 * the upstream's DNS lookup, file I/O and compression need them too. This one uses sockets, has a time limit and can be aborted.
 * It knows the hosts file and `localhost`; other sources of the system (mDNS, NIS) are not asked.
 */
export function createLookup({
  servers,
  hostsFile = "/etc/hosts",
  resolverFile = "/etc/resolv.conf",
  timeoutMs = 5000,
}: LookupOptions = {}): Lookup {
  async function askServers(resolver: dns.Resolver, names: readonly string[]): Promise<string[]> {
    let failure: unknown = null;
    for (const name of names) {
      try {
        return await resolveBoth(resolver, name);
      } catch (error) {
        failure = isAbsence(error) ? (failure ?? error) : error;
        if (!isAbsence(error)) break;
      }
    }
    throw failure;
  }

  return async (hostname, signal) => {
    const name = hostname.toLowerCase().replace(/\.$/, "");
    const known = await addressesInFile(hostsFile, name);
    if (known.length > 0) return known;
    if (name === "localhost" || name.endsWith(".localhost")) return ["127.0.0.1", "::1"];
    if (name === "") throw notFound(hostname);
    const names = spellings(hostname.toLowerCase(), await readSearchRule(resolverFile));
    const resolver = new dns.Resolver({ timeout: Math.min(firstWaitMs, timeoutMs), tries });
    if (servers !== undefined) resolver.setServers(servers);
    const cancel = (): void => resolver.cancel();
    const timer = setTimeout(cancel, timeoutMs);
    signal.addEventListener("abort", cancel, { once: true });
    try {
      if (signal.aborted) throw Object.assign(new Error("aborted"), { code: "ECANCELLED" });
      return await askServers(resolver, names);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
      // A query that is still open (the second family) would keep its socket.
      resolver.cancel();
    }
  };
}
