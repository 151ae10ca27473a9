import { readMailServer } from "../config/mail-server.ts";
import { createChannelStore } from "../deliveries/channel-store.ts";
import { createDeliveryLog } from "../deliveries/delivery-log.ts";
import { createDeliveryQueue } from "../deliveries/delivery-queue.ts";
import { createOwnChannelStore } from "../deliveries/own-channel-store.ts";
import { createDeliverySender } from "../deliveries/sender.ts";
import { createLookup } from "../targets/resolve-name.ts";
import type { AppParts } from "./app-parts.ts";
import type { Records } from "./records.ts";
import type { UpstreamAccess } from "./upstream-access.ts";

export type Notifying = ReturnType<typeof createNotifying>;

/** Channels, and the delivery of notifications through them. */
export function createNotifying(
  { config, database, ring, logger, lookup = createLookup() }: AppParts,
  { clock, metrics }: Pick<UpstreamAccess, "clock" | "metrics">,
  { audit }: Pick<Records, "audit">,
) {
  const { smtpUrl, mailFrom, internalReceivers, publicOrigin, dispatchTickMs } = config;
  const server = smtpUrl === null ? null : readMailServer(smtpUrl);
  const mail = server === null || mailFrom === null ? null : { server, from: mailFrom };
  const now = () => clock.now();
  const queue = createDeliveryQueue(database, audit);
  return {
    isMailSet: mail !== null,
    channels: createChannelStore({ database, audit, ring, internalReceivers }),
    ownChannels: createOwnChannelStore({ database, audit, ring, internalReceivers }),
    log: createDeliveryLog(database, audit),
    sweep: queue.sweep,
    sender: createDeliverySender({
      ...{ queue, database, ring, mail, internalReceivers, lookup, logger, now },
      ...{ origin: publicOrigin, tickMs: dispatchTickMs, onAttempt: metrics.countDelivery },
    }),
  };
}
