import { type BffApi, type ChannelChange, type Handlers, WscError } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { ChannelStore } from "../deliveries/channel-store.ts";
import type { DeliveryLog } from "../deliveries/delivery-log.ts";
import { readTargetPatterns } from "./target-patterns.ts";

export interface ChannelHandlerParts {
  readonly channels: ChannelStore;
  readonly log: DeliveryLog;
  readonly isMailSet: boolean;
  readonly isReadingOn: boolean;
  /** Called when something is to be sent at once. */
  readonly onWork: () => void;
  readonly now: () => number;
}

const withPatterns = <Request extends Pick<ChannelChange, "targets">>(request: Request): Request => ({
  ...request,
  targets: readTargetPatterns(request.targets),
});

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
      return channels.create(withPatterns(body), now(), context);
    },
    update: async ({ params, body }, context) => ({
      channel: await channels.update(params.id, withPatterns(body), now(), context),
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
