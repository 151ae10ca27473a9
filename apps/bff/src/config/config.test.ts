import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";
import { unknownSettings } from "./env.ts";
import { settingNames, settingOf } from "./settings.ts";

const key32 = Buffer.alloc(32, 7).toString("base64");
const good = {
  NODE_ENV: "development",
  WSC_AUTH_MODE: "dev",
  WSC_UPSTREAM: "custom",
  WSC_UPSTREAM_URL: "http://127.0.0.1:18080",
  WSC_ACCESS_KEY: "access-key-1",
  WSC_SECRET_KEY: "secret-key-1",
};
const problemsOf = (change: Record<string, string | undefined>): readonly string[] => {
  const result = readConfig({ ...good, ...change });
  return "problems" in result ? result.problems : [];
};

describe("settings", () => {
  it("for a local trial are accepted", () => {
    expect(problemsOf({})).toEqual([]);
    const result = readConfig(good);
    expect("config" in result && result.config).toMatchObject({
      host: "127.0.0.1",
      port: 3000,
      timeZone: "Asia/Seoul",
      listPollMs: 15_000,
    });
  });

  it.each<[string, Record<string, string | undefined>, RegExp]>([
    ["no sign-in mode", { WSC_AUTH_MODE: undefined }, /^WSC_AUTH_MODE: is required/],
    ["an unknown sign-in mode", { WSC_AUTH_MODE: "none" }, /^WSC_AUTH_MODE/],
    ["dev mode in production", { NODE_ENV: "production" }, /^WSC_AUTH_MODE: dev needs NODE_ENV/],
    ["dev mode without NODE_ENV", { NODE_ENV: undefined }, /^WSC_AUTH_MODE: dev needs NODE_ENV/],
    [
      "dev mode on every address",
      { HOST: "0.0.0.0", WSC_PUBLIC_ORIGIN: "https://wsc.example.com" },
      /^WSC_AUTH_MODE: dev needs a loopback HOST/,
    ],
    [
      "dev mode with a paid upstream",
      { WSC_UPSTREAM: "public", WSC_UPSTREAM_URL: undefined },
      /^WSC_AUTH_MODE: dev needs an upstream on this machine/,
    ],
    [
      "a half-hearted yes",
      { WSC_UPSTREAM: "public", WSC_UPSTREAM_URL: undefined, WSC_DEV_REAL_UPSTREAM: "yes" },
      /^WSC_AUTH_MODE/,
    ],
    ["a public address without its origin", { HOST: "192.0.2.7" }, /^WSC_PUBLIC_ORIGIN/],
    ["an origin with a path", { WSC_PUBLIC_ORIGIN: "https://wsc.example.com/app" }, /^WSC_PUBLIC_ORIGIN/],
    ["no upstream", { WSC_UPSTREAM: undefined }, /^WSC_UPSTREAM: is required/],
    ["an unknown upstream", { WSC_UPSTREAM: "moon" }, /^WSC_UPSTREAM/],
    ["custom without address", { WSC_UPSTREAM_URL: undefined }, /^WSC_UPSTREAM_URL/],
    ["an address beside public", { WSC_UPSTREAM: "public" }, /^WSC_UPSTREAM_URL/],
    [
      "an upstream over plain http",
      { WSC_UPSTREAM_URL: "http://gateway.example.com" },
      /^WSC_UPSTREAM_URL: must be https/,
    ],
    ["an upstream with a path", { WSC_UPSTREAM_URL: "https://gateway.example.com/api/v1" }, /^WSC_UPSTREAM_URL/],
    ["an upstream with a password", { WSC_UPSTREAM_URL: "https://a:b@gateway.example.com" }, /^WSC_UPSTREAM_URL/],
    ["another scheme", { WSC_UPSTREAM_URL: "file:///etc" }, /^WSC_UPSTREAM_URL/],
    ["no access key", { WSC_ACCESS_KEY: "" }, /^WSC_ACCESS_KEY: is required/],
    ["no secret key", { WSC_SECRET_KEY: undefined }, /^WSC_SECRET_KEY: is required/],
    ["a key with a line break", { WSC_SECRET_KEY: "a\nb" }, /^WSC_SECRET_KEY/],
    ["a key twice", { WSC_SECRET_KEY_FILE: "/nowhere" }, /^WSC_SECRET_KEY: set either/],
    [
      "a key file that is not there",
      { WSC_SECRET_KEY: undefined, WSC_SECRET_KEY_FILE: "/nowhere/key" },
      /^WSC_SECRET_KEY: the file/,
    ],
    ["a port that is none", { PORT: "80a" }, /^PORT/],
    ["a port too high", { PORT: "70000" }, /^PORT/],
    ["a negative time", { WSC_LIST_POLL_MS: "-1" }, /^WSC_LIST_POLL_MS/],
    ["a fraction of time", { WSC_UPSTREAM_TIMEOUT_MS: "1.5" }, /^WSC_UPSTREAM_TIMEOUT_MS/],
    ["a zone that is none", { WSC_TIME_ZONE: "Asia/Atlantis" }, /^WSC_TIME_ZONE/],
    [
      "an encryption key of 16 bytes",
      { WSC_ENCRYPTION_KEYS: `${key32},${Buffer.alloc(16).toString("base64")}` },
      /^WSC_ENCRYPTION_KEYS: each key/,
    ],
    ["no encryption key outside dev mode", { WSC_AUTH_MODE: "jwt" }, /^WSC_ENCRYPTION_KEYS: is required/],
    ["a database of another kind", { WSC_DATABASE_URL: "mysql://localhost/x" }, /^WSC_DATABASE_URL/],
    ["an unknown log level", { WSC_LOG_LEVEL: "loud" }, /^WSC_LOG_LEVEL/],
    ["TLS checks off", { NODE_TLS_REJECT_UNAUTHORIZED: "0" }, /^NODE_TLS_REJECT_UNAUTHORIZED/],
  ])("with %s refuse to start and name the variable", (_, change, line) => {
    expect(problemsOf(change).filter((problem) => line.test(problem))).toHaveLength(1);
  });

  it("report every problem at once", () => {
    const problems = problemsOf({
      PORT: "x",
      WSC_TIME_ZONE: "x",
      WSC_UPSTREAM: "x",
      WSC_ACCESS_KEY: "",
      WSC_AUTH_MODE: "x",
    });
    expect(problems.map((problem) => problem.split(":")[0]).sort()).toEqual([
      "PORT",
      "WSC_ACCESS_KEY",
      "WSC_AUTH_MODE",
      "WSC_TIME_ZONE",
      "WSC_UPSTREAM",
    ]);
  });

  it("never repeat a secret in a problem", () => {
    expect(problemsOf({ WSC_SECRET_KEY: "hush hush", PORT: "x" }).join("\n")).not.toContain("hush");
  });

  it("take a secret from a file, without the line break at its end", () => {
    const file = join(mkdtempSync(join(tmpdir(), "wsc-key-")), "key");
    writeFileSync(file, "from-a-file\n");
    const result = readConfig({ ...good, WSC_SECRET_KEY: undefined, WSC_SECRET_KEY_FILE: file });
    expect("config" in result && result.config.upstream.secretKey.reveal()).toBe("from-a-file");
    expect(JSON.stringify(result)).not.toContain("from-a-file");
  });

  it("with an unknown WSC_ name cause a warning", () => {
    expect(
      unknownSettings({
        WSC_ACESS_KEY: "x",
        WSC_SECRET_KEY_FILE: "x",
        WSC_UPSTREAM_FILE: "x",
        PATH: "x",
        WSC_TIME_ZONE: "x",
      }),
    ).toEqual([
      { name: "WSC_ACESS_KEY", meant: null },
      { name: "WSC_UPSTREAM_FILE", meant: null },
    ]);
  });

  it("mark every key, password and connection as secret", () => {
    const secrets = settingNames.filter((name) => settingOf(name).isSecret);
    expect(secrets.toSorted()).toEqual([
      "WSC_ACCESS_KEY",
      "WSC_DATABASE_URL",
      "WSC_ENCRYPTION_KEYS",
      "WSC_OIDC_CLIENT_SECRET",
      "WSC_PROXY_SECRET",
      "WSC_SECRET_KEY",
      "WSC_SMTP_URL",
    ]);
  });
});
