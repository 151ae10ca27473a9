import { queryOptions } from "@tanstack/react-query";
import type { ChannelChange, ChannelRequest } from "@wsc-dashboard/wsc-core";
import { bff } from "./bff-client.ts";

/** How often a page that is looked at asks again, in milliseconds. */
const againMs = 5_000;

export const channelsQuery = queryOptions({
  queryKey: ["channels"],
  queryFn: ({ signal }) => bff.channels.list({}, { signal }),
  refetchInterval: againMs,
});

const deliveriesPerPage = 20;

/** The messages of a channel, newest first. */
export const deliveriesQuery = (channel: string, page: number) =>
  queryOptions({
    queryKey: ["deliveries", channel, page],
    queryFn: ({ signal }) =>
      bff.deliveries.list({ query: { channel, page: String(page), limit: String(deliveriesPerPage) } }, { signal }),
    refetchInterval: againMs,
  });

const one = (id: string) => ({ params: { id }, body: {} }) as const;
export const createChannel = (request: ChannelRequest) => bff.channels.create({ body: request });
export const updateChannel = (id: string, change: ChannelChange) =>
  bff.channels.update({ params: { id }, body: change });
export const removeChannel = (id: string) => bff.channels.remove(one(id));
export const pauseChannel = (id: string) => bff.channels.pause(one(id));
export const resumeChannel = (id: string) => bff.channels.resume(one(id));
export const rotateSecret = (id: string) => bff.channels.rotate(one(id));
export const testChannel = (id: string) => bff.channels.test(one(id));
export const replayDelivery = (id: string) => bff.deliveries.replay(one(id));
