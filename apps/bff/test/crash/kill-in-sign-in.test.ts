import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@wsc-dashboard/wsc-emulator";
import { afterAll, beforeAll, expect, it } from "vitest";
import { formSignInOf, type LoginSite, startLoginSite } from "../login-site.ts";
import { jobBody, until } from "../start-bff.ts";
import { accessKey, type BuiltBff, buildBff, type ChildBff, secretKey, startChild } from "./child-bff.ts";
import { rememberWholeMemos } from "./known-account.ts";

let built: BuiltBff;
let emulator: Emulator;
let site: LoginSite;
let directory: string;
beforeAll(async () => {
  built = await buildBff();
  emulator = await createEmulator({ accessKey, secretKey, paceMs: 0 });
  site = await startLoginSite();
  directory = mkdtempSync(join(tmpdir(), "wsc-kill-sign-in-"));
});
afterAll(async () => {
  await site.close();
  await emulator.close();
  rmSync(directory, { recursive: true, force: true });
  built.remove();
});

it("a server killed during target sign-in has sent nothing; the next one signs in again and sends once", async () => {
  const start = (): ChildBff =>
    startChild({
      program: built.program,
      dataDirectory: directory,
      upstreamUrl: emulator.origin,
      environment: {
        WSC_ALLOW_PRIVATE_TARGETS: "true",
        WSC_DISPATCH_TICK_MS: "20",
        WSC_SIGNATURE_VALIDITY_MS: "200",
        WSC_INDEX_LAG_MS: "200",
        WSC_RECONCILE_STEP_MS: "100",
      },
    });
  const logins = (): number => site.visits.filter((visit) => visit === "POST /session").length;
  const creates = (): number => emulator.control.requests().filter(({ operation }) => operation === "createJob").length;
  const signIn = formSignInOf(site);
  site.behave("wait");
  const first = start();
  await first.listening;
  const { json } = await first.ask(
    "POST",
    "/api/jobs",
    jobBody(`${site.origin}/`, { signIn }),
    "kill-in-sign-in-000001",
  );
  await until(logins, (count) => count === 1);
  const state = async (bff: ChildBff): Promise<string> =>
    (await bff.ask("GET", `/api/submissions/${json.submission.id}`)).json.submission.state;
  expect(await state(first)).toBe("CLAIMED");
  await first.kill();
  expect(creates()).toBe(0);
  rememberWholeMemos(directory);

  site.release();
  site.behave("normal");
  const second = start();
  await second.listening;
  await until(
    () => state(second),
    (word) => word === "BOUND",
  );
  expect([logins(), creates()]).toEqual([2, 1]);
  await second.kill();
});
