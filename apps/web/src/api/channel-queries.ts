import { queryOptions } from "@tanstack/react-query";
import type { ChannelChange, ChannelRequest } from "@wsc-dashboard/wsc-core";
import { channelEndpoints, deliveryEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

const channelCalls = callsOf(channelEndpoints);

const deliveryCalls = callsOf(deliveryEndpoints);

/** Polling interval of a visible page, in milliseconds. */
const againMs = 5_000;

export const channelsQuery = queryOptions({
  queryKey: ["channels"],
  queryFn: ({ signal }) => channelCalls.list({}, { signal }),
  refetchInterval: againMs,
});

const deliveriesPerPage = 20;

/** The messages of a channel, newest first. */
export const deliveriesQuery = (channel: string, page: number) =>
  queryOptions({
    queryKey: ["deliveries", channel, page],
    queryFn: ({ signal }) =>
      deliveryCalls.list({ query: { channel, page: String(page), limit: String(deliveriesPerPage) } }, { signal }),
    refetchInterval: againMs,
  });

const one = (id: string) => ({ params: { id }, body: {} }) as const;
export const createChannel = (request: ChannelRequest) => channelCalls.create({ body: request });
export const updateChannel = (id: string, change: ChannelChange) =>
  channelCalls.update({ params: { id }, body: change });
export const removeChannel = (id: string) => channelCalls.remove(one(id));
export const pauseChannel = (id: string) => channelCalls.pause(one(id));
export const resumeChannel = (id: string) => channelCalls.resume(one(id));
export const rotateSecret = (id: string) => channelCalls.rotate(one(id));
export const testChannel = (id: string) => channelCalls.test(one(id));
export const replayDelivery = (id: string) => deliveryCalls.replay(one(id));
