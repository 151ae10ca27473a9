import ipaddr from "ipaddr.js";

/** Metadata addresses, from which clouds give credentials to any local client. Never a target, whatever else is allowed. */
const metadataAddresses: ReadonlySet<string> = new Set([
  "169.254.169.254",
  "169.254.170.2",
  "168.63.129.16",
  "100.100.100.200",
  "192.0.0.192",
  "fd00:ec2::254",
  "fd20:ce::254",
]);

/** Ranges of private networks, as ipaddr.js names them (RFC 1918, 4193, 6598 and loopback). */
const privateRanges: ReadonlySet<string> = new Set(["private", "loopback", "carrierGradeNat", "uniqueLocal"]);

/** Public addresses are reached on these ports only. */
const webPorts: ReadonlySet<number> = new Set([80, 443]);

const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");
/** The well-known prefix of NAT64 (RFC 6052): the embedded IPv4 address decides. */
const nat64 = ipaddr.IPv6.parseCIDR("64:ff9b::/96");

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** The address that packets finally reach, if the given address reveals it. */
function innermost(address: Address): Address {
  if (!(address instanceof ipaddr.IPv6)) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  if (address.match(nat64)) return new ipaddr.IPv4(address.toByteArray().slice(12));
  return address;
}

/** Parses an address, ignoring a zone; `null` for any other text. */
function readAddress(text: string): Address | null {
  const [bare = ""] = text.split("%", 1);
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare);
  return ipaddr.IPv6.isValid(bare) ? ipaddr.IPv6.parse(bare) : null;
}

/** The host of a URL if it is an address, else `null`. The URL parser has already normalised every spelling of IPv4. */
export function addressOfHost(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return readAddress(bare) === null ? null : bare;
}

/**
 * Whether the dashboard may open a connection to this address and port: public addresses on web ports; private ones on any port,
 * but only with `allowPrivate`. Everything else (link-local, multicast, tunnels, reserved) is refused.
 */
export function mayConnect(addressText: string, port: number, allowPrivate: boolean): boolean {
  const outer = readAddress(addressText);
  if (outer === null) return false;
  const address = innermost(outer);
  if (metadataAddresses.has(address.toString())) return false;
  const range: string = address.range();
  if (privateRanges.has(range)) return allowPrivate;
  if (range !== "unicast" || !webPorts.has(port)) return false;
  return !(address instanceof ipaddr.IPv6) || address.match(globalUnicast);
}
