import { queryOptions } from "@tanstack/react-query";
import type { ViewList } from "@wsc-dashboard/wsc-core";
import { viewEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

const viewCalls = callsOf(viewEndpoints);

/** The views of a list: the person's own and shared ones. */
export const viewsQuery = (list: ViewList) =>
  queryOptions({
    queryKey: ["views", list],
    queryFn: async ({ signal }) => (await viewCalls.list({ query: { list } }, { signal })).views,
    staleTime: 60_000,
  });

interface ViewContent {
  readonly name: string;
  readonly search: Readonly<Record<string, string>>;
}

const contentOf = ({ name, search }: ViewContent) => ({ name, search: { ...search } });

export const createView = (list: ViewList, content: ViewContent, key: string) =>
  viewCalls.create({ body: { list, ...contentOf(content) } }, { idempotencyKey: key });
export const updateView = (id: string, content: ViewContent, version: number) =>
  viewCalls.update({ params: { id }, body: { ...contentOf(content), version } });
export const shareView = (id: string, isShared: boolean) => viewCalls.share({ params: { id }, body: { isShared } });
export const removeView = (id: string) => viewCalls.remove({ params: { id }, body: {} });
export const setDefaultView = (list: ViewList, id: string | null) => viewCalls.setDefault({ body: { list, id } });
