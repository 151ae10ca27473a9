import { queryOptions } from "@tanstack/react-query";
import type { ViewList } from "@wsc-dashboard/wsc-core";
import { bff } from "./bff-client.ts";

/** The views of a list: one's own and shared ones. */
export const viewsQuery = (list: ViewList) =>
  queryOptions({
    queryKey: ["views", list],
    queryFn: async ({ signal }) => (await bff.views.list({ query: { list } }, { signal })).views,
    staleTime: 60_000,
  });

interface ViewContent {
  readonly name: string;
  readonly search: Readonly<Record<string, string>>;
}

const contentOf = ({ name, search }: ViewContent) => ({ name, search: { ...search } });

export const createView = (list: ViewList, content: ViewContent, key: string) =>
  bff.views.create({ body: { list, ...contentOf(content) } }, { idempotencyKey: key });
export const updateView = (id: string, content: ViewContent, version: number) =>
  bff.views.update({ params: { id }, body: { ...contentOf(content), version } });
export const shareView = (id: string, isShared: boolean) => bff.views.share({ params: { id }, body: { isShared } });
export const removeView = (id: string) => bff.views.remove({ params: { id }, body: {} });
export const setDefaultView = (list: ViewList, id: string | null) => bff.views.setDefault({ body: { list, id } });
