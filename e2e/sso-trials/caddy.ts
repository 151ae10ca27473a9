import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/toolchain.mjs";
import type { Product } from "./product.ts";
import { runProduct, versionOf } from "./run-product.ts";
import { startSessionService } from "./session-service.ts";

const program = "/usr/bin/caddy";

/** Caddy asks a service who somebody is, by `forward_auth`. */
export const caddy: Product = {
  name: "Caddy forward_auth",
  packages: "caddy",
  version: () => versionOf(program, ["version"]),
  settings: { WSC_AUTH_PRESET: "authelia" },
  async start({ origin, dashboardPort, directory, proxySecret }) {
    const service = await startSessionService({
      checkPath: "/auth",
      signInPath: "/sign-in/",
      headersOf: (person, group) => ({ "Remote-User": person, "Remote-Name": person, "Remote-Groups": group }),
    });
    const example = readFileSync(join(root, "docs", "examples", "Caddyfile"), "utf8");
    const site = example
      .replace("https://wsc.example.com", origin)
      .replace(/^\ttls .*$/m, "")
      .replaceAll("127.0.0.1:3000", `127.0.0.1:${dashboardPort}`)
      .replaceAll("127.0.0.1:9091", `127.0.0.1:${service.port}`)
      .replace("the value of WSC_PROXY_SECRET", proxySecret);
    const file = join(directory, "Caddyfile");
    writeFileSync(file, `{\n\tadmin off\n\tauto_https off\n\tstorage file_system ${directory}/storage\n}\n${site}`);
    const stop = await runProduct(program, ["run", "--adapter", "caddyfile", "--config", file], {
      origin,
      closeRest: service.stop,
      environment: { HOME: directory, XDG_DATA_HOME: directory, XDG_CONFIG_HOME: directory },
    });
    return {
      signIn: async (visitor, person) => void (await visitor.open(`${origin}/sign-in/?person=${person}`)),
      stop,
    };
  },
};
