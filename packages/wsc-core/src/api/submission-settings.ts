import { endpoint } from "./endpoint.ts";
import { jobSettingsSchema } from "./job-settings.ts";
import { oneSubmission, submissionEndpoints } from "./submissions.ts";

export const submissionSettingsEndpoints = {
  settings: endpoint({
    method: "GET",
    path: "/api/submissions/:id/settings",
    roles: ["operator", "admin"],
    params: oneSubmission,
    response: jobSettingsSchema,
    tokenScope: "submission",
    status: 200,
  }),
} as const;

const { list, get, ...deciding } = submissionEndpoints;

/** All endpoints of submissions. */
export const allSubmissionEndpoints = { list, get, ...submissionSettingsEndpoints, ...deciding } as const;
