import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { stripMemoToken } from "@wsc-dashboard/wsc-core";
import { createEmulator } from "@wsc-dashboard/wsc-emulator";
import BetterSqlite from "better-sqlite3";
import { expect, it } from "vitest";
import { jobBody, startBff } from "../start-bff.ts";
import { trialsLimitMs } from "../trials-limit.ts";
import { accessKey, secretKey } from "./child-bff.ts";
import { idleScanner, jobsOf, openTargets } from "./gateway-truth.ts";
import { randomSource } from "./random-source.ts";

const minRounds = 12;
const racesEach = 25;
const dueInMs = 60;
/** Minimum number of wins for each side: if one side always wins, it is no race. */
const winsNeeded = racesEach;
const seed = 20_261_123;

it(
  `a cancel at the due instant that was acknowledged is never sent, ${minRounds * racesEach} times; any other is told so`,
  async () => {
    const random = randomSource(seed);
    const targets = await openTargets(racesEach);
    const emulator = await createEmulator({ accessKey, secretKey, scanner: idleScanner, paceMs: 0, queueLimit: 1000 });
    const dataDirectory = mkdtempSync(join(tmpdir(), "wsc-race-"));
    const bff = await startBff({
      upstreamUrl: emulator.origin,
      environment: {
        WSC_ACCESS_KEY: accessKey,
        WSC_SECRET_KEY: secretKey,
        WSC_DATA_DIR: dataDirectory,
        WSC_DISPATCH_TICK_MS: "5",
        WSC_LOG_LEVEL: "error",
      },
    });
    const file = new BetterSqlite(join(dataDirectory, "wsc-dashboard.sqlite"));
    const close = file.prepare("update send_lock set closed_until = ?");
    const due = file.prepare("update submission set due_at = ?, next_at = ? where state = 'SCHEDULED'");
    const acknowledged = new Set<string>();
    const refused = new Set<string>();
    /** The latest moment to cancel, in milliseconds; raised on a machine that is slow to send, so that both sides win. */
    let latestMs = 250;
    let raced = 0;
    try {
      for (let round = 0; round < minRounds || Math.min(acknowledged.size, refused.size) < winsNeeded; round += 1) {
        const before = { acknowledged: acknowledged.size, refused: refused.size };
        close.run(Number.MAX_SAFE_INTEGER);
        const waiting = await Promise.all(
          targets.urls.map(async (url, index) => {
            const memo = `race ${round} ${index}`;
            const answer = await bff.ask("POST", "/api/jobs", { body: jobBody(url, { memo }) });
            expect(answer.status).toBe(202);
            return { id: answer.json.submission.id as string, memo };
          }),
        );
        // All of them become due in the same millisecond, while people cancel them.
        const at = Date.now() + dueInMs;
        due.run(at, at);
        close.run(at);
        await Promise.all(
          waiting.map(async ({ id, memo }) => {
            await pause(Math.max(0, at - Date.now() + random.whole(-5, Math.round(latestMs))));
            const answer = await bff.ask("DELETE", `/api/submissions/${id}`);
            if (answer.status === 200) {
              expect(answer.json.submission.state).toBe("CANCELLED");
              acknowledged.add(memo);
            } else {
              expect(answer).toMatchObject({ status: 409, json: { code: "SUBMISSION_IN_FLIGHT" } });
              refused.add(memo);
            }
          }),
        );
        raced += racesEach;
        if (acknowledged.size - before.acknowledged < racesEach / 5) latestMs /= 1.5;
        if (refused.size - before.refused < racesEach / 5) latestMs *= 1.5;
        for (let isOver = false; !isOver; await pause(40)) {
          const { submissions } = (await bff.ask("GET", "/api/submissions")).json;
          isOver = submissions.every(({ state }: { state: string }) => state === "BOUND" || state === "CANCELLED");
        }
      }
      const sent = emulator.control
        .requests()
        .filter(({ operation }) => operation === "createJob")
        .map(({ body }) => stripMemoToken((body as { Memo: string }).Memo));
      const made = (await jobsOf(emulator)).map(({ memo }) => stripMemoToken(memo));
      expect(sent.filter((memo) => acknowledged.has(memo))).toEqual([]);
      expect(new Set(sent)).toEqual(refused);
      expect(made.toSorted()).toEqual([...refused].toSorted());
      expect(acknowledged.size + refused.size).toBe(raced);
    } finally {
      file.close();
      await bff.close();
      await emulator.close();
      await targets.close();
      rmSync(dataDirectory, { recursive: true, force: true });
    }
  },
  trialsLimitMs,
);
