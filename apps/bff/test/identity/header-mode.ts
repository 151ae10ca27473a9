import { randomBytes } from "node:crypto";

/** The proxy's own loopback address; everybody else connects from another one. */
export const proxyAddress = "127.0.0.7";
export const proxySecret = randomBytes(24).toString("hex");

/** Settings of header mode as behind oauth2-proxy, with a group for every role. */
export const headerMode: Readonly<Record<string, string>> = {
  WSC_AUTH_MODE: "header",
  WSC_AUTH_PRESET: "oauth2-proxy",
  WSC_TRUSTED_PROXIES: `${proxyAddress}/32`,
  WSC_PROXY_SECRET: proxySecret,
  WSC_ROLE_MAP: JSON.stringify({ readers: "viewer", drivers: "operator", owners: "admin", checkers: "auditor" }),
  WSC_ENCRYPTION_KEYS: randomBytes(32).toString("base64"),
};

/** The headers that the proxy sends with a request of an authenticated person. */
export const proxyHeaders = (user: string, groups: string): Record<string, string> => ({
  "X-WSC-Proxy-Secret": proxySecret,
  "X-Forwarded-User": user,
  "X-Forwarded-Groups": groups,
});
