import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isTargetAllowed } from "@wsc-dashboard/wsc-core";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type Config, readConfig } from "./config.ts";
import { unknownSettings } from "./env.ts";

const directory = mkdtempSync(join(tmpdir(), "wsc-settings-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const key = Buffer.alloc(32, 9).toString("base64");
const otherKey = Buffer.alloc(32, 7).toString("base64");
const base = {
  HOST: "0.0.0.0",
  WSC_PUBLIC_ORIGIN: "https://wsc.example.com",
  WSC_UPSTREAM: "custom",
  WSC_UPSTREAM_URL: "https://gateway.example.com",
  WSC_ACCESS_KEY: "access",
  WSC_SECRET_KEY: "secret-canary",
  WSC_ENCRYPTION_KEYS: key,
  WSC_AUTH_MODE: "header",
  WSC_AUTH_PRESET: "oauth2-proxy",
  WSC_TRUSTED_PROXIES: "10.0.0.7",
  WSC_PROXY_SECRET: "0123456789abcdef0123456789abcdef",
  WSC_ROLE_MAP: '{"security":"operator"}',
};
const oidc = {
  ...{ WSC_AUTH_MODE: "oidc", WSC_AUTH_PRESET: undefined, WSC_PROXY_SECRET: undefined, WSC_TRUSTED_PROXIES: undefined },
  ...{ WSC_AUTH_ISSUER: "https://idp.example.com", WSC_OIDC_CLIENT_ID: "wsc", WSC_OIDC_CLIENT_SECRET: "client-canary" },
};
type Change = Readonly<Record<string, string | undefined>>;
const problemsOf = (change: Change): readonly string[] => {
  const result = readConfig({ ...base, ...change });
  return "problems" in result ? result.problems : [];
};
function started(change: Change): { readonly config: Config; readonly warnings: readonly string[] } {
  const result = readConfig({ ...base, ...change });
  if ("problems" in result) throw new Error(result.problems.join("\n"));
  return result;
}
let files = 0;
function fileWith(content: string | Buffer): string {
  files += 1;
  const file = join(directory, String(files));
  writeFileSync(file, content);
  return file;
}
const utf16 = (text: string): Buffer => Buffer.from(`\u{feff}${text}`, "utf16le");

describe("a setting as editors, shells and service managers pass it", () => {
  it("is trimmed of surrounding white space and line ends", () => {
    const { config } = started({
      PORT: "4700\r",
      WSC_PUBLIC_ORIGIN: " https://wsc.example.com/\r\n",
      WSC_AUTH_MODE: "header\r",
      HOST: "[::1]",
    });
    expect(config).toMatchObject({ port: 4700, publicOrigin: "https://wsc.example.com", host: "::1" });
  });

  it("from a file is read with Windows line ends, a byte order mark or in UTF-16", () => {
    const contents = ["from-file\r\n", "\u{feff}from-file\n", utf16("from-file\r\n"), utf16("from-file").swap16()];
    for (const content of contents) {
      const change = { WSC_SECRET_KEY: undefined, WSC_SECRET_KEY_FILE: fileWith(content) };
      expect(started(change).config.upstream.secretKey.reveal()).toBe("from-file");
    }
  });

  const refused: readonly (readonly [string, Change, RegExp])[] = [
    [
      "quotation marks around an origin",
      { WSC_PUBLIC_ORIGIN: '"https://wsc.example.com"' },
      /^WSC_PUBLIC_ORIGIN: .*quotation marks/,
    ],
    ["quotation marks around a secret", { WSC_SECRET_KEY: '"secret-canary"' }, /^WSC_SECRET_KEY: .*quotation marks/],
    ["typographic quotation marks", { WSC_TIME_ZONE: "“Asia/Seoul”" }, /^WSC_TIME_ZONE: .*quotation marks/],
    [
      "quotation marks around a secret in a file",
      { WSC_SECRET_KEY: undefined, WSC_SECRET_KEY_FILE: fileWith("'secret-canary'\n") },
      /^WSC_SECRET_KEY: .*quotation marks/,
    ],
    [
      "a byte order mark before a value",
      { WSC_TARGET_ALLOWLIST: "\u{feff}a.example.com" },
      /^WSC_TARGET_ALLOWLIST: .*byte order mark/,
    ],
    [
      "a byte order mark before the first name",
      { WSC_UPSTREAM: undefined, "\u{feff}WSC_UPSTREAM": "custom" },
      /^WSC_UPSTREAM: .*byte order mark/,
    ],
    [
      "a byte order mark before a name that is not required",
      { "\u{feff}WSC_TARGET_ALLOWLIST": "only.example.com" },
      /^WSC_TARGET_ALLOWLIST: .*byte order mark/,
    ],
    [
      "a name with a blank that is not seen",
      { "WSC_SECRET_KEY_FILE\u{a0}": "/run/secret" },
      /^WSC_SECRET_KEY_FILE: .*not seen/,
    ],
    ["a blank of another width", { WSC_DATA_DIR: "/srv/\u{3000}wsc" }, /^WSC_DATA_DIR: .*U\+3000/],
    [
      "a character that is not seen",
      { WSC_OIDC_CLIENT_ID: undefined, WSC_DATA_DIR: "/srv/\u{200b}wsc" },
      /^WSC_DATA_DIR: .*U\+200B/,
    ],
    [
      "a file in UTF-16 without its mark",
      { WSC_SECRET_KEY: undefined, WSC_SECRET_KEY_FILE: fileWith(Buffer.from("secret", "utf16le")) },
      /^WSC_SECRET_KEY: .*UTF-8/,
    ],
    [
      "a file in another encoding",
      { WSC_SECRET_KEY: undefined, WSC_SECRET_KEY_FILE: fileWith(Buffer.from([0xb0, 0xa1])) },
      /^WSC_SECRET_KEY: .*UTF-8/,
    ],
    [
      "an empty file",
      { WSC_SECRET_KEY: undefined, WSC_SECRET_KEY_FILE: fileWith("\u{feff}\r\n") },
      /^WSC_SECRET_KEY: .*empty/,
    ],
    [
      "a directory as a file",
      { WSC_SECRET_KEY: undefined, WSC_SECRET_KEY_FILE: directory },
      /^WSC_SECRET_KEY: .*EISDIR/,
    ],
    [
      "a file that is not there",
      { WSC_SECRET_KEY: undefined, WSC_SECRET_KEY_FILE: "/nowhere/key" },
      /^WSC_SECRET_KEY: .*ENOENT/,
    ],
    ["an origin with a path", { WSC_PUBLIC_ORIGIN: "https://example.com/wsc/" }, /^WSC_PUBLIC_ORIGIN: .*has a path/],
    [
      "an origin without its scheme",
      { WSC_PUBLIC_ORIGIN: "wsc.example.com:443" },
      /^WSC_PUBLIC_ORIGIN: .*begins with https/,
    ],
    ["an address as host", { HOST: "http://127.0.0.1" }, /^HOST: .*alone/],
    ["a host with its port", { HOST: "127.0.0.1:3000" }, /^HOST: .*port/],
    ["a host in brackets with its port", { HOST: "[::1]:3000" }, /^HOST: .*port/],
    ["a time with its unit", { WSC_LIST_POLL_MS: "30m" }, /^WSC_LIST_POLL_MS: .*milliseconds; 30m is 1800000$/],
    ["one port for both", { PORT: "4700", WSC_METRICS_PORT: "4700" }, /^WSC_METRICS_PORT: .*of its own/],
    [
      "a file of certificates that is not there",
      { NODE_EXTRA_CA_CERTS: "/nowhere/ca.pem" },
      /^NODE_EXTRA_CA_CERTS: .*ENOENT/,
    ],
    [
      "a file of certificates without any",
      { NODE_EXTRA_CA_CERTS: fileWith("nothing") },
      /^NODE_EXTRA_CA_CERTS: .*without a certificate/,
    ],
    [
      "a role map whose quotation marks a service took off",
      { WSC_ROLE_MAP: "{security:operator}" },
      /^WSC_ROLE_MAP: .*quotation marks are missing/,
    ],
    [
      "a role map behind a byte order mark",
      { WSC_ROLE_MAP: '\u{feff}{"security":"operator"}' },
      /^WSC_ROLE_MAP: .*byte order mark/,
    ],
    ["a role map without a group", { WSC_ROLE_MAP: "{}" }, /^WSC_ROLE_MAP: is not a JSON object such as [^;]*$/],
    [
      "an encryption key with a mistyped end",
      { WSC_ENCRYPTION_KEYS: "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQl=" },
      /^WSC_ENCRYPTION_KEYS: .*mistyped/,
    ],
    [
      "every host as an internal receiver",
      { WSC_INTERNAL_RECEIVERS: "*" },
      /^WSC_INTERNAL_RECEIVERS: .*name each host/,
    ],
    [
      "a role map with a comma too many",
      { WSC_ROLE_MAP: '{"security":"operator",}' },
      /^WSC_ROLE_MAP: .*comma after its last/,
    ],
    [
      "a role map in typographic quotation marks",
      { WSC_ROLE_MAP: '{“security”:“operator”, "a": 1}' },
      /^WSC_ROLE_MAP: .*typographic/,
    ],
    [
      "a role map that names a group twice",
      { WSC_ROLE_MAP: '{"a":"viewer","b":"viewer","a":"admin"}' },
      /^WSC_ROLE_MAP: .*twice/,
    ],
    ["a group with a blank at its end", { WSC_ROLE_MAP: '{"security ":"operator"}' }, /^WSC_ROLE_MAP: .*never match/],
    ["a group with a line end in it", { WSC_ROLE_MAP: '{"secu\\nrity":"operator"}' }, /^WSC_ROLE_MAP: .*never match/],
    [
      "a group that holds the separator of the header",
      { WSC_ROLE_MAP: '{"cn=ops,ou=groups,dc=example":"admin"}' },
      /^WSC_ROLE_MAP: .*never match.*WSC_AUTH_GROUPS_SEPARATOR/,
    ],
    ["an allowlist without a host", { WSC_TARGET_ALLOWLIST: " , " }, /^WSC_TARGET_ALLOWLIST: .*nothing/],
    ["a list of secrets without one", { WSC_PROXY_SECRET: "," }, /^WSC_PROXY_SECRET: .*nothing/],
    ["a name that was to be replaced", { WSC_ACCESS_KEY: "\u{24}{ACCESS_KEY}" }, /^WSC_ACCESS_KEY: .*placeholder/],
    ["a name of a shell", { WSC_SECRET_KEY: "$SECRET" }, /^WSC_SECRET_KEY: .*placeholder/],
    ["a name of Windows", { WSC_SECRET_KEY: "%SECRET_KEY%" }, /^WSC_SECRET_KEY: .*placeholder/],
    ["an example of a document", { WSC_ACCESS_KEY: "<access-key>" }, /^WSC_ACCESS_KEY: .*placeholder/],
    ["an example that nobody replaced", { WSC_SECRET_KEY: "CHANGE_ME" }, /^WSC_SECRET_KEY: .*placeholder/],
    ["the home of a shell", { WSC_DATA_DIR: "~/wsc" }, /^WSC_DATA_DIR: .*not understood/],
    ["a variable in a path", { WSC_DATA_DIR: "$HOME/wsc" }, /^WSC_DATA_DIR: .*not understood/],
    [
      "a password with a sign of addresses",
      { WSC_DATABASE_URL: "postgres://wsc:secret-canary#1@db.example.com/wsc" },
      /^WSC_DATABASE_URL: .*%23/,
    ],
    [
      "a password with a percent sign",
      { WSC_DATABASE_URL: "postgres://wsc:secret-canary%@db.example.com/wsc" },
      /^WSC_DATABASE_URL: .*%25/,
    ],
    [
      "an address without a database",
      { WSC_DATABASE_URL: "postgres://wsc@db.example.com" },
      /^WSC_DATABASE_URL: .*names no database/,
    ],
    [
      "encryption that is misspelled",
      { WSC_DATABASE_URL: "postgres://wsc@db.example.com/wsc?sslmode=requre" },
      /^WSC_DATABASE_URL: .*sslmode/,
    ],
    ["a pattern as origin", { WSC_PUBLIC_ORIGIN: "https://*.example.com" }, /^WSC_PUBLIC_ORIGIN: .*pattern/],
    [
      "an address to listen on as origin",
      { WSC_PUBLIC_ORIGIN: "https://0.0.0.0:3000" },
      /^WSC_PUBLIC_ORIGIN: .*not one that is opened/,
    ],
    [
      "a proxy address with an interface",
      { WSC_TRUSTED_PROXIES: "fe80::1%eth0" },
      /^WSC_TRUSTED_PROXIES: .*no address/,
    ],
    ["a blank between groups", { WSC_AUTH_GROUPS_SEPARATOR: " " }, /^WSC_AUTH_GROUPS_SEPARATOR: .*blank/],
    [
      "a signature's time in seconds, with a gateway where it is five minutes",
      { WSC_UPSTREAM: "public", WSC_UPSTREAM_URL: undefined, WSC_SIGNATURE_VALIDITY_MS: "300" },
      /^WSC_SIGNATURE_VALIDITY_MS: .*paid for twice/,
    ],
    ["a separator that is none", { WSC_AUTH_GROUPS_SEPARATOR: "||" }, /^WSC_AUTH_GROUPS_SEPARATOR: /],
    [
      "a proxy address of the IPv6 form of IPv4",
      { WSC_TRUSTED_PROXIES: "::ffff:10.0.0.7" },
      /^WSC_TRUSTED_PROXIES: .*10\.0\.0\.7/,
    ],
  ];
  it("refuses the start with one sentence that says what to do, and never repeats a secret", () => {
    for (const [what, change, line] of refused) {
      const problems = problemsOf(change);
      expect(
        problems.filter((problem) => line.test(problem)),
        `${what}: ${problems.join(" / ")}`,
      ).toHaveLength(1);
      expect(problems.join("\n"), what).not.toContain("secret-canary");
    }
  });

  it("causes a warning when it is probably a mistake", () => {
    const named: readonly (readonly [Change, RegExp])[] = [
      [{ WSC_ROLE_MAP: '{"ops\u{200b}":"admin","security":"operator"}' }, /^WSC_ROLE_MAP: .*U\+200B/],
      [{ WSC_ROLE_MAP: `{"${"보안".normalize("NFD")}":"admin"}` }, /^WSC_ROLE_MAP: .*NFC/],
      [{ WSC_ROLE_MAP: '{"security-*":"admin"}' }, /^WSC_ROLE_MAP: .*\* is compared/],
      [{ WSC_PROXY_SECRET: "abc".repeat(12) }, /^WSC_PROXY_SECRET: .*guessed/],
      [{ WSC_ACCESS_KEY: "secret-canary" }, /^WSC_SECRET_KEY: .*same text/],
      [{ HTTPS_PROXY: "http://proxy.example.com:3128" }, /^HTTPS_PROXY: .*not used/],
      [
        { WSC_UPSTREAM: "public", WSC_UPSTREAM_URL: undefined, WSC_INDEX_LAG_MS: "120" },
        /^WSC_INDEX_LAG_MS: .*ordered again/,
      ],
      [{ WSC_OIDC_CLIENT_ID: "wsc" }, /^WSC_OIDC_CLIENT_ID: .*WSC_AUTH_MODE=oidc/],
      [{ ...oidc, WSC_SESSION_IDLE_MS: "1800" }, /^WSC_SESSION_IDLE_MS: .*milliseconds/],
      [{ WSC_AUTH_JWKS_URL: "https://idp.example.com" }, /^WSC_AUTH_JWKS_URL: .*WSC_AUTH_MODE=jwt/],
    ];
    for (const [change, line] of named) {
      expect(
        started(change).warnings.filter((warning) => line.test(warning)),
        String(line),
      ).toHaveLength(1);
    }
    expect(started({}).warnings).toEqual([]);
    expect(unknownSettings({ WSC_ROLEMAP: "{}", wsc_access_key: "x" })).toEqual([
      { name: "WSC_ROLEMAP", meant: "WSC_ROLE_MAP" },
      { name: "wsc_access_key", meant: "WSC_ACCESS_KEY" },
    ]);
  });

  it("accepts group names of directories: with spaces, commas and any script", () => {
    const map = '{"Security Team":"operator","cn=ops,ou=groups":"admin","보안　팀":"viewer"}';
    const { auth } = started({ WSC_ROLE_MAP: map, WSC_AUTH_PRESET: "authentik" }).config;
    expect(auth.mode === "header" && [...auth.roleMap.keys()]).toEqual(Object.keys(JSON.parse(map)));
  });
});

describe("WSC_ENCRYPTION_KEYS", () => {
  const keysOf = (content: string) =>
    started({ WSC_ENCRYPTION_KEYS: undefined, WSC_ENCRYPTION_KEYS_FILE: fileWith(content) }).config.encryptionKeys.map(
      (each) => each.reveal(),
    );

  it("reads every key, separated by commas or line ends", () => {
    for (const between of [",", "\n", "\r\n", ", ", ",\n"]) {
      expect(keysOf(`${key}${between}${otherKey}${between}`), JSON.stringify(between)).toEqual([key, otherKey]);
    }
  });

  it("refuses anything but 32 bytes in base64, and says which key and why", () => {
    const wrong: readonly (readonly [string, RegExp])[] = [
      [`${key} ${otherKey}`, /separator/],
      [`${key};${otherKey}`, /separator/],
      [`"${key}","${otherKey}"`, /quotation marks/],
      [`${key},'${otherKey}'`, /key 2 .*quotation marks/],
      ["correct horse battery staple and some more words ok", /separator/],
      [Buffer.alloc(32, 9).toString("hex"), /hexadecimal/],
      [Buffer.alloc(32, 251).toString("base64url"), /base64url/],
      [key.slice(0, -1), /= at its end/],
      [Buffer.alloc(31, 9).toString("base64"), /characters/],
      [Buffer.alloc(33, 9).toString("base64"), /characters/],
      [`${key}=`, /characters/],
      [",", /no key/],
    ];
    for (const [text, line] of wrong) {
      const [problem = "", ...more] = problemsOf({ WSC_ENCRYPTION_KEYS: text });
      expect(problem, text).toMatch(/^WSC_ENCRYPTION_KEYS: /);
      expect(problem, text).toMatch(line);
      expect(problem.includes(key) || problem.includes("horse"), text).toBe(false);
      expect(more).toEqual([]);
    }
  });

  it("accepts only parts that decode to 32 bytes and encode back to the same text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.base64String({ maxLength: 60 })), (text) => {
        const result = readConfig({ ...base, WSC_ENCRYPTION_KEYS: text });
        if ("problems" in result) return;
        for (const each of result.config.encryptionKeys) {
          expect(Buffer.from(each.reveal(), "base64").length).toBe(32);
          expect(each.reveal()).toMatch(/^[A-Za-z0-9+/]{43}=$/);
        }
      }),
    );
  });
});

describe("WSC_TARGET_ALLOWLIST", () => {
  it("matches a host in every spelling of its name or address", () => {
    const matches: readonly (readonly [string, string])[] = [
      ["*.한국.com", "https://www.한국.com/"],
      ["한국.com", "https://xn--3e0b707e.com/"],
      ["2001:db8::1", "https://[2001:db8::1]/"],
      ["[2001:DB8:0::1]", "https://[2001:db8::1]:8443/"],
      ["shop.example.com.", "https://shop.example.com/"],
      ["ＳＨＯＰ.example.com", "https://shop.example.com/"],
      ["SHOP.Example.com", "https://shop.example.com/"],
      ["10.1.2.3", "http://10.1.2.3:8080/"],
      ["127.0.0.1:*", "http://127.0.0.1:8080/"],
      ["[2001:db8::1]:*", "https://[2001:db8::1]/"],
      ["*.example.com:*", "https://shop.example.com:8443/"],
      ["a.example.com\nb.example.com", "https://b.example.com/"],
    ];
    for (const [entry, target] of matches) {
      const { targetAllowlist } = started({ WSC_TARGET_ALLOWLIST: entry }).config;
      expect(isTargetAllowed(target, targetAllowlist), entry).toBe(true);
      expect(isTargetAllowed("https://evil.example.net/", targetAllowlist), entry).toBe(false);
    }
  });

  it("refuses the start for an entry that could never match", () => {
    for (const entry of [
      "https://shop.example.com/",
      "*",
      ".example.com",
      "10.0.0.0/8",
      "shop.example.com:443",
      "[2001:db8::1]:443",
      "shop.example.com:443:*",
      "shop.example.com:*:*",
      "*:*",
      ":*",
      "*.10.0.0.1",
      "010.0.0.1",
      "0x7f.1",
      "all",
      "None",
      "a.example.com、b.example.com",
      "a.example.com # shop",
      "shop.*",
      "a*.example.com",
      "*.*.example.com",
      "a.example.com b.example.com",
      "a.example.com;b.example.com",
      "a.example.com|b.example.com",
      "shop.example.com/path",
      "user@example.com",
      "ex%61mple.com",
      "a.example.com, *",
    ]) {
      expect(problemsOf({ WSC_TARGET_ALLOWLIST: entry }), entry).toEqual([
        expect.stringMatching(/^WSC_TARGET_ALLOWLIST: part [12] is /),
      ]);
    }
  });
});
