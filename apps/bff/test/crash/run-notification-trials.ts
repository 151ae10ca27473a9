import { runNotificationTrial } from "./notification-trial.ts";

/** node apps/bff/test/crash/run-notification-trials.ts [TRIALS]: each kills a sender three times. */
const trials = Number(process.argv[2] ?? 67);
const sum = { trials: 0, kept: 0, received: 0, repeated: 0, lost: [] as string[], renamed: [] as string[] };
for (let trial = 0; trial < trials; trial += 1) {
  const { kept, received, repeated, lost, renamed } = await runNotificationTrial(Math.random);
  sum.trials += 1;
  sum.kept += kept;
  sum.received += received;
  sum.repeated += repeated;
  sum.lost.push(...lost);
  sum.renamed.push(...renamed);
}
process.stdout.write(`${JSON.stringify({ ...sum, kills: sum.trials * 3 })}\n`);
process.exit(sum.lost.length + sum.renamed.length > 0 ? 1 : 0);
