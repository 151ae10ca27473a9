import { exportJWK, generateKeyPair } from "jose";
import { beforeEach, expect, it } from "vitest";
import { createAlbKeys } from "./alb-keys.ts";
import { createKeySet } from "./key-set.ts";

const { publicKey } = await generateKeyPair("ES256");
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

it("asks twice a minute at most, whatever key ids are made up", async () => {
  const keys = createKeySet(source);
  for (let second = 0; second < 60; second += 1) {
    for (let n = 0; n < 20; n += 1) await expect(find(keys, `made-up-${second}-${n}`)).rejects.toThrow();
    at += 1000;
  }
  expect(asked.length).toBeLessThanOrEqual(2);
  expect(new Set(asked)).toEqual(new Set([source.url]));
});

it("asks once for many who come at the same time", async () => {
  const keys = createKeySet(source);
  await Promise.all(Array.from({ length: 50 }, () => find(keys, "known")));
  expect(asked).toHaveLength(1);
});

it("goes on for a day with the last good keys, and not longer", async () => {
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

it("of a load balancer are asked for by UUID only, and twice a minute at most", async () => {
  const keys = createAlbKeys(source);
  for (const kid of ["../x", "", "https://evil.example.com/", "0".repeat(36)]) {
    await expect(find(keys, kid)).rejects.toThrow();
  }
  expect(asked).toEqual([]);
  for (let n = 10; n < 99; n += 1) {
    await expect(find(keys, `00000000-0000-4000-8000-0000000000${n}`)).rejects.toThrow();
  }
  expect(asked).toHaveLength(2);
});
