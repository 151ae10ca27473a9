import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/toolchain.mjs";
import type { Product } from "./product.ts";
import { runProduct, versionOf } from "./run-product.ts";
import { startSessionService } from "./session-service.ts";

const program = "/usr/sbin/nginx";

/** The shipped example with the addresses of this trial, without TLS. */
function configure(example: string, changes: readonly (readonly [string, string])[]): string {
  return changes.reduce(
    (text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`the example has no ${from}`);
      return text.replaceAll(from, to);
    },
    readFileSync(join(root, "docs", "examples", example), "utf8"),
  );
}

/** nginx asks a service in the form of oauth2-proxy's /oauth2/auth, by `auth_request`. */
export const nginx: Product = {
  name: "nginx auth_request",
  packages: "nginx-light",
  version: () => versionOf(program, ["-v"]),
  settings: { WSC_AUTH_PRESET: "oauth2-proxy" },
  async start({ origin, port, dashboardPort, directory, proxySecret }) {
    const service = await startSessionService({
      checkPath: "/oauth2/auth",
      signInPath: "/oauth2/sign_in",
      headersOf: (person, group) => ({ "X-Auth-Request-User": person, "X-Auth-Request-Groups": group }),
    });
    const passOn = join(directory, "wsc-dashboard-proxy.conf");
    writeFileSync(passOn, configure("nginx-proxy.conf", [["the value of WSC_PROXY_SECRET", proxySecret]]));
    const server = configure("nginx.conf", [
      ["127.0.0.1:3000", `127.0.0.1:${dashboardPort}`],
      ["127.0.0.1:4180", `127.0.0.1:${service.port}`],
      ["listen 443 ssl", `listen 127.0.0.1:${port}`],
      ["ssl_certificate ", "# ssl_certificate "],
      ["ssl_certificate_key ", "# ssl_certificate_key "],
      ["/etc/nginx/wsc-dashboard-proxy.conf", passOn],
    ]);
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
      .map((name) => {
        const path = join(directory, name);
        mkdirSync(path);
        return `${name}_temp_path ${path};`;
      })
      .join(" ");
    const main = join(directory, "nginx.conf");
    writeFileSync(
      main,
      `daemon off; pid ${directory}/nginx.pid; error_log stderr; events {}\nhttp { access_log off; ${temporary}\n${server}\n}\n`,
    );
    const stop = await runProduct(program, ["-e", "stderr", "-c", main], { origin, closeRest: service.stop });
    return {
      signIn: async (visitor, person) => void (await visitor.open(`${origin}/oauth2/sign_in?person=${person}`)),
      stop,
    };
  },
};
