import * as z from "zod/mini";
import { isIssueTemplate } from "../domain/issue-template.ts";
import { endpoint, roles } from "./endpoint.ts";
import { limits } from "./limits.ts";

const templateSchema = z.string().check(z.trim(), z.maxLength(limits.urlLength), z.refine(isIssueTemplate));

/** URL template for opening an issue about a finding, with placeholders (`issuePlaceholders`). */
export const issueTemplateEndpoints = {
  get: endpoint({
    method: "GET",
    path: "/api/issue-template",
    roles,
    /** `null` if none is set. */
    response: z.object({ template: z.nullable(z.string()) }),
    tokenScope: "people",
    status: 200,
  }),
  save: endpoint({
    method: "PUT",
    path: "/api/issue-template",
    roles: ["admin"],
    body: z.strictObject({ template: z.nullable(templateSchema) }),
    response: z.object({ template: z.nullable(z.string()) }),
    audit: "handler",
    tokenScope: "people",
    status: 200,
  }),
} as const;
