import { exportJWK, exportSPKI, generateKeyPair } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { createAlbKeys } from "./alb-keys.ts";
import { HttpStatusError } from "./bounded-fetch.ts";
import { createKeySet } from "./key-set.ts";

const { publicKey } = await generateKeyPair("ES256", { extractable: true });
const document = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "known", alg: "ES256" }] });
let at = 0;
let asked: string[] = [];
let isDown = false;
beforeEach(() => {
  at = 1_000_000;
  asked = [];
  isDown = false;
});
const source = {
  url: "https://idp.example.com/jwks",
  now: () => at,
  fetchText: async (url: string) => {
    asked.push(url);
    if (isDown) throw new Error("down");
    return document;
  },
};
const token = { payload: "", signature: "" };
const find = (keys: ReturnType<typeof createKeySet>, kid: string) => keys({ alg: "ES256", kid }, token);

it("asks at most twice a minute for unknown key ids", async () => {
  const keys = createKeySet(source);
  for (let second = 0; second < 60; second += 1) {
    for (let n = 0; n < 20; n += 1) await expect(find(keys, `made-up-${second}-${n}`)).rejects.toThrow();
    at += 1000;
  }
  expect(asked.length).toBeLessThanOrEqual(2);
  expect(new Set(asked)).toEqual(new Set([source.url]));
});

it("shares one request among concurrent callers", async () => {
  const keys = createKeySet(source);
  await Promise.all(Array.from({ length: 50 }, () => find(keys, "known")));
  expect(asked).toHaveLength(1);
});

it("uses the last good keys for a day, not longer", async () => {
  const keys = createKeySet(source);
  await find(keys, "known");
  isDown = true;
  at += 23 * 3_600_000;
  await expect(find(keys, "known")).resolves.toBeDefined();
  at += 2 * 3_600_000;
  await expect(find(keys, "known")).rejects.toMatchObject({ code: "IDENTITY_UNAVAILABLE" });
  isDown = false;
  at += 30_000;
  await expect(find(keys, "known")).resolves.toBeDefined();
});

describe("keys of a load balancer", () => {
  const uuidOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
  let answer: () => Promise<string>;
  const albSource = {
    url: "https://keys.example.com/",
    now: () => at,
    fetchText: (url: string) => {
      asked.push(url);
      return answer();
    },
  };
  const notThere = async (): Promise<string> => {
    throw new HttpStatusError(404);
  };
  const pem = async (): Promise<string> => exportSPKI(publicKey);

  it("are requested for UUIDs only, at most ten times a minute", async () => {
    answer = notThere;
    const keys = createAlbKeys(albSource);
    for (const kid of ["../x", "", "https://evil.example.com/", "0".repeat(36)]) {
      await expect(find(keys, kid)).rejects.toThrow();
    }
    expect(asked).toEqual([]);
    for (let n = 0; n < 100; n += 1) await expect(find(keys, uuidOf(n))).rejects.toThrow();
    expect(asked).toHaveLength(10);
  });

  it("that do not exist are remembered for five minutes, so that a repeated id does not use up the limit", async () => {
    answer = notThere;
    const keys = createAlbKeys(albSource);
    for (let n = 0; n < 100; n += 1) {
      await expect(find(keys, uuidOf(1))).rejects.toMatchObject({ code: "ERR_JWKS_NO_MATCHING_KEY" });
      at += 1000;
    }
    expect(asked).toHaveLength(1);
    answer = pem;
    await expect(find(keys, uuidOf(2))).resolves.toBeDefined();
    at += 300_000;
    await expect(find(keys, uuidOf(1))).resolves.toBeDefined();
  });

  it("are requested once by concurrent callers, who all get the answer", async () => {
    answer = pem;
    const keys = createAlbKeys(albSource);
    const found = await Promise.all(Array.from({ length: 50 }, () => find(keys, uuidOf(1))));
    expect(new Set(found).size).toBe(1);
    expect(asked).toHaveLength(1);
  });

  it("are unavailable, not missing, while their address fails or answers garbage, and available again afterwards", async () => {
    const keys = createAlbKeys(albSource);
    for (const fail of [
      async () => Promise.reject(new Error("down")),
      async () => Promise.reject(new HttpStatusError(503)),
      async () => "<html>",
    ]) {
      answer = fail;
      await expect(find(keys, uuidOf(1))).rejects.toMatchObject({ code: "IDENTITY_UNAVAILABLE" });
    }
    answer = pem;
    await expect(find(keys, uuidOf(1))).resolves.toBeDefined();
  });
});
