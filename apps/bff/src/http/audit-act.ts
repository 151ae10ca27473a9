import { isWebUrl, targetHostOf } from "@wsc-dashboard/wsc-core";
import type { Request } from "express";
import { actedBy } from "../audit/audit-event.ts";
import type { AuditAct } from "../audit/audit-journal.ts";
import type { User } from "../identity/identity.ts";

const maxHostLength = 300;

/** The object of a call, from its path parameters, which their schema has validated. */
function objectOf(noun: string, { instanceNo, id }: Readonly<Record<string, string | string[] | undefined>>): string {
  if (typeof instanceNo === "string") return `job/${instanceNo}`;
  return typeof id === "string" ? `${noun}/${id}` : noun;
}

/** The target host of a call. The rest of the body is omitted, because it may contain sign-in data. */
function targetOf(body: unknown): string | null {
  if (typeof body !== "object" || body === null || !("startUrl" in body)) return null;
  const { startUrl } = body;
  return typeof startUrl === "string" && isWebUrl(startUrl) ? targetHostOf(startUrl).slice(0, maxHostLength) : null;
}

/** The audit entry of an API call. */
export function auditActOf(action: string, request: Request, user: User, requestId: string): AuditAct {
  const [noun = action] = action.split(".");
  const target = targetOf(request.body);
  const { format } = request.query;
  return {
    ...actedBy(user),
    action,
    object: objectOf(noun, request.params),
    ...(target === null ? {} : { target }),
    requestId,
    ...(typeof format === "string" && /^[a-z]{1,20}$/.test(format) ? { details: { format } } : {}),
  };
}
