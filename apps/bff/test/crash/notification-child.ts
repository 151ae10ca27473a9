import { flushCompileCache } from "node:module";
import { openAuditChain } from "../../src/audit/audit-chain.ts";
import { createKeyRing } from "../../src/database/keys.ts";
import { openSqliteDatabase } from "../../src/database/open-database.ts";
import { createDeliveryQueue } from "../../src/deliveries/delivery-queue.ts";
import { createDeliverySender } from "../../src/deliveries/sender.ts";
import { createLogger } from "../../src/log/logger.ts";
import { createRedaction } from "../../src/log/redaction.ts";
import { recordNotification } from "../../src/notifications/record-notification.ts";
import { createLookup } from "../../src/targets/resolve-name.ts";
import { trialKey } from "./trial-key.ts";

/** Records `count` events and delivers pending notifications until it is killed. */
async function run(directory: string, trial: string, count: number): Promise<void> {
  const database = await openSqliteDatabase(directory);
  const ring = createKeyRing([trialKey]);
  const queue = createDeliveryQueue(database, await openAuditChain(database.db, ring));
  const sender = createDeliverySender({
    ...{ queue, database, ring, mail: null, internalReceivers: ["127.0.0.1"], lookup: createLookup(), origin: null },
    ...{ tickMs: 5, now: Date.now, onAttempt: () => {} },
    logger: createLogger("error", createRedaction([])),
  });
  await sender.start();
  // A killed process writes nothing at its end.
  flushCompileCache();
  process.stdout.write("started\n");
  for (let index = 0; index < count; index += 1) {
    const subject = `${trial}/${index}`;
    const facts = { target: "shop.example.com", submissionId: subject };
    await database.db
      .transaction()
      .execute((tx) => recordNotification(tx, { event: "submission.failed", subject, at: Date.now(), facts }));
    process.stdout.write(`kept ${subject}\n`);
  }
  // Stays alive until it is killed.
  setInterval(() => {}, 60_000);
}

const [, , directory = "", trial = "", count = "0"] = process.argv;
await run(directory, trial, Number(count));
