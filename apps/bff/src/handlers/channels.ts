import { type BffApi, type ChannelChange, type Handlers, WscError } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import { readHostPattern } from "../config/host-pattern.ts";
import type { ChannelStore } from "../deliveries/channel-store.ts";
import type { DeliveryLog } from "../deliveries/delivery-log.ts";
import { fieldRefusal } from "../errors/field-refusal.ts";

export interface ChannelHandlerParts {
  readonly channels: ChannelStore;
  readonly log: DeliveryLog;
  readonly isMailSet: boolean;
  readonly isReadingOn: boolean;
  /** Called when something is to be sent at once. */
  readonly onWork: () => void;
  readonly now: () => number;
}

/** Normalizes the host patterns. Throws VALUE_INVALID for one that can never match. */
function readTargets<Request extends Pick<ChannelChange, "targets">>(request: Request): Request {
  const targets = request.targets?.map((pattern, index) => {
    const read = readHostPattern(pattern.trim());
    if ("problem" in read) throw fieldRefusal("VALUE_INVALID", `/targets/${index}`);
    return read.value;
  });
  return { ...request, targets: targets ?? null };
}

export function channelHandlers({
  channels,
  isMailSet,
  isReadingOn,
  log,
  onWork,
  now,
}: ChannelHandlerParts): Handlers<BffApi, CallContext>["channels"] {
  const woken = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    onWork();
    return result;
  };
  return {
    list: async () => ({ channels: await channels.list(), isMailSet, isReadingOn }),
    create({ body }, context) {
      if (body.kind === "email" && !isMailSet)
        throw new WscError("MAIL_NOT_SET", undefined, { errors: [{ pointer: "/kind", code: "MAIL_NOT_SET" }] });
      return channels.create(readTargets(body), now(), context);
    },
    update: async ({ params, body }, context) => ({
      channel: await channels.update(params.id, readTargets(body), now(), context),
    }),
    async remove({ params }, context) {
      await channels.remove(params.id, now(), context);
      return {};
    },
    pause: async ({ params }, context) => ({ channel: await channels.pause(params.id, now(), context) }),
    resume: async ({ params }, context) => ({ channel: await woken(channels.resume(params.id, now(), context)) }),
    rotate: ({ params }, context) => channels.rotate(params.id, now(), context),
    test: async ({ params }, context) => ({ delivery: await woken(log.test(params.id, now(), context)) }),
  };
}

export function deliveryHandlers({
  log,
  onWork,
  now,
}: Pick<ChannelHandlerParts, "log" | "onWork" | "now">): Handlers<BffApi, CallContext>["deliveries"] {
  return {
    list: ({ query: { channel, ...page } }) => log.list(channel, page),
    async replay({ params }, context) {
      const delivery = await log.replay(params.id, now(), context);
      onWork();
      return { delivery };
    },
  };
}
