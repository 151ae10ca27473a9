import { isIP } from "node:net";
import type { SettingReader } from "./setting-reader.ts";

/** An IP network in CIDR form. */
export interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: "ipv4" | "ipv6";
}

/** Minimum prefix lengths: a wider network would trust far more than a proxy. */
const widest = { ipv4: 8, ipv6: 32 } as const;

/** Networks of the trusted proxies. Records a problem for each invalid entry. */
export function readTrustedProxies(reader: SettingReader): Network[] {
  return reader.get("WSC_TRUSTED_PROXIES").flatMap((part) => {
    const [, address = "", length] = /^([^/]+)(?:\/([0-9]{1,3}))?$/.exec(part) ?? [];
    const version = address.includes("%") ? 0 : isIP(address);
    const most = version === 4 ? 32 : 128;
    const prefix = length === undefined ? most : Number(length);
    if (version === 0 || prefix > most) {
      reader.problem("WSC_TRUSTED_PROXIES", `${part} is no address or network such as 10.0.0.7 or 10.0.0.0/24`);
      return [];
    }
    const mapped = /^::ffff:([0-9.]+)$/i.exec(address)?.[1];
    if (mapped !== undefined) {
      reader.problem("WSC_TRUSTED_PROXIES", `${part} is an IPv4 address in the form of IPv6; write ${mapped}`);
      return [];
    }
    const family = version === 4 ? "ipv4" : "ipv6";
    if (prefix < widest[family]) {
      reader.problem("WSC_TRUSTED_PROXIES", `${part} trusts far too many addresses; name the proxy's own`);
    }
    return [{ address, prefix, family }];
  });
}
