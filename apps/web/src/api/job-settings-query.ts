import { queryOptions } from "@tanstack/react-query";
import { type JobSettings, submissionSettingsEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";
import { newJobCalls } from "./new-job-calls.ts";

const submissionCalls = callsOf(submissionSettingsEndpoints);

/** What a job form can be prefilled from. */
export type SettingsOrigin =
  | { readonly kind: "job"; readonly instanceNo: string }
  | { readonly kind: "submission"; readonly id: string };

/** The settings of a job or submission, fetched once each time a form is prefilled from it. */
export function jobSettingsQuery(origin: SettingsOrigin | null) {
  return queryOptions({
    queryKey: ["job-settings", origin],
    queryFn: ({ signal }): Promise<JobSettings> => {
      if (origin === null) throw new TypeError("nothing to begin from");
      return origin.kind === "job"
        ? newJobCalls.settings({ params: { instanceNo: origin.instanceNo } }, { signal })
        : submissionCalls.settings({ params: { id: origin.id } }, { signal });
    },
    enabled: origin !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
}
