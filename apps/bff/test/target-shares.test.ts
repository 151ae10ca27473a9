import { createEmulator } from "@wsc-dashboard/wsc-emulator";
import { expect, it } from "vitest";
import { accessKey, secretKey, startBff, until } from "./start-bff.ts";

it("target checks of one person that wait for name servers do not block those of others, and are limited until one has ended", async () => {
  const emulator = await createEmulator({ accessKey, secretKey, paceMs: 0 });
  let isSilent = true;
  const waiting: (() => void)[] = [];
  // A name server that responds only when released, even when the caller is gone.
  const lookup = async (): Promise<readonly string[]> => {
    if (isSilent) await new Promise<void>((resolve) => waiting.push(resolve));
    return [];
  };
  const bff = await startBff({ upstreamUrl: emulator.origin, lookup });
  const check = (persona: string, path = "/api/targets/check") =>
    bff.ask("POST", path, { persona, body: { startUrl: "https://dead.example.com/" } });
  try {
    const own = [check("operator"), check("operator", "/api/targets/ownership")];
    await until(
      () => waiting.length,
      (count) => count === 3,
    );
    expect(await check("operator")).toMatchObject({ status: 429, json: { code: "OWN_CALLS_EXHAUSTED" } });
    const other = check("admin");
    await until(
      () => waiting.length,
      (count) => count === 4,
    );
    isSilent = false;
    for (const go of waiting) go();
    expect((await Promise.all([...own, other])).map(({ status }) => status)).toEqual([422, 200, 422]);
    expect(await check("operator")).toMatchObject({ json: { code: "160353" } });
  } finally {
    for (const go of waiting) go();
    await bff.close();
    await emulator.close();
  }
});
