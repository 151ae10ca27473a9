import { type BffApi, type ChannelChange, type Handlers, WscError } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { ChannelStore } from "../deliveries/channel-store.ts";
import type { DeliveryLog } from "../deliveries/delivery-log.ts";
import type { OwnChannelStore } from "../deliveries/own-channel-store.ts";
import { createPersonRate } from "../shares/person-rate.ts";
import { readTargetPatterns } from "./target-patterns.ts";

export interface ChannelHandlerParts {
  readonly channels: ChannelStore;
  readonly ownChannels: OwnChannelStore;
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

const mailNotSet = (pointer: string): WscError =>
  new WscError("MAIL_NOT_SET", undefined, { errors: [{ pointer, code: "MAIL_NOT_SET" }] });

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
      if (body.kind === "email" && !isMailSet) throw mailNotSet("/kind");
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

/** Anybody may have messages sent to an address of their choice, and every act is an entry in the audit log. */
const ownActs = { burst: 20, perSecond: 0.2 } as const;

export function ownChannelHandlers({
  ownChannels,
  log,
  isMailSet,
  onWork,
  now,
}: Pick<ChannelHandlerParts, "ownChannels" | "log" | "isMailSet" | "onWork" | "now">): Handlers<
  BffApi,
  CallContext
>["ownChannel"] {
  const take = createPersonRate(ownActs, "own notifications");
  return {
    get: async (_, { user }) => ({ channel: await ownChannels.get(user.id), isMailSet }),
    async save({ body }, context) {
      if (!isMailSet) throw mailNotSet("/receiver");
      take(context.user.id);
      return { channel: await ownChannels.save(body, now(), context) };
    },
    async remove(_, context) {
      take(context.user.id);
      await ownChannels.remove(now(), context);
      return {};
    },
    async resume(_, context) {
      take(context.user.id);
      const channel = await ownChannels.resume(now(), context);
      onWork();
      return { channel };
    },
    async test(_, context) {
      take(context.user.id);
      const id = await ownChannels.idOf(context.user.id);
      const delivery = await log.test(id, now(), context, "ownChannel.test");
      onWork();
      return { delivery };
    },
  };
}
