import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startLocalIdp } from "@wsc-dashboard/local-idp";
import { root } from "../../scripts/toolchain.mjs";
import { navigate } from "./navigate.ts";
import type { Product } from "./product.ts";
import { runProduct, versionOf } from "./run-product.ts";

const program = "/usr/sbin/apache2";
const modulePath = "/usr/lib/apache2/modules";
const modules = [
  "mpm_event",
  "authn_core",
  "authz_core",
  "authz_user",
  "headers",
  "proxy",
  "proxy_http",
  "socache_shmcb",
  "auth_openidc",
];

/** Apache signs people in itself, at a real provider, by mod_auth_openidc. */
export const apache: Product = {
  name: "Apache mod_auth_openidc",
  packages: "apache2 libapache2-mod-auth-openidc",
  version: () => (existsSync(`${modulePath}/mod_auth_openidc.so`) ? versionOf(program, ["-v"]) : null),
  settings: { WSC_AUTH_PRESET: "authelia", WSC_AUTH_GROUPS_SEPARATOR: ";" },
  async start({ origin, port, dashboardPort, directory, proxySecret }) {
    const idp = await startLocalIdp(origin, "/oidc/callback");
    const example = readFileSync(join(root, "docs", "examples", "apache.conf"), "utf8");
    const site = example
      .replace("https://login.example.com/.well-known", `${idp.issuer}/.well-known`)
      .replace("OIDCClientID wsc-dashboard", `OIDCClientID ${idp.clientId}`)
      .replace("the client secret", idp.clientSecret)
      .replace("https://wsc.example.com", origin)
      .replace("*:443", `127.0.0.1:${port}`)
      .replace(/^ *SSL.*$/gm, "")
      .replaceAll("127.0.0.1:3000", `127.0.0.1:${dashboardPort}`)
      .replace("the value of WSC_PROXY_SECRET", proxySecret);
    const file = join(directory, "apache.conf");
    const loads = modules.map((name) => `LoadModule ${name}_module ${modulePath}/mod_${name}.so`).join("\n");
    // Apache refuses to work as root, and takes this pair instead.
    const account = process.getuid?.() === 0 ? "User www-data\nGroup www-data\n" : "";
    writeFileSync(
      file,
      `ServerRoot ${directory}\nServerName 127.0.0.1\nPidFile ${directory}/apache.pid\nErrorLog "|$/bin/cat"\n${account}Listen 127.0.0.1:${port}\n${loads}\n${site}`,
    );
    const stop = await runProduct(program, ["-D", "FOREGROUND", "-f", file], { origin, closeRest: idp.close });
    return {
      async signIn(visitor, person) {
        const { location } = await navigate(visitor, `${origin}/jobs`);
        if (location === null) throw new Error("nobody is sent to the provider");
        const choice = await visitor.open(location);
        await visitor.open(choice.url, undefined, { method: "POST", body: new URLSearchParams({ sub: person }) });
      },
      stop,
    };
  },
};
