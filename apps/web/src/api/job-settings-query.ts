import { queryOptions } from "@tanstack/react-query";
import type { JobSettings } from "@wsc-dashboard/wsc-core";
import { jobCalls } from "./job-queries.ts";
import { submissionCalls } from "./submission-queries.ts";

/** What a form for a job may begin from. */
export type SettingsOrigin =
  | { readonly kind: "job"; readonly instanceNo: string }
  | { readonly kind: "submission"; readonly id: string };

/** What a job or a submission was ordered with, asked for once each time a form begins from it. */
export function jobSettingsQuery(origin: SettingsOrigin | null) {
  return queryOptions({
    queryKey: ["job-settings", origin],
    queryFn: ({ signal }): Promise<JobSettings> => {
      if (origin === null) throw new TypeError("nothing to begin from");
      return origin.kind === "job"
        ? jobCalls.settings({ params: { instanceNo: origin.instanceNo } }, { signal })
        : submissionCalls.settings({ params: { id: origin.id } }, { signal });
    },
    enabled: origin !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
}
