import type { APIRequestContext } from "@playwright/test";

/** Throws away what was typed into the form for a job: it must not stand in the form of what comes next. */
export async function dropDraft(request: APIRequestContext, origin: string): Promise<void> {
  await request.delete(`${origin}/api/drafts`, { data: {}, headers: { "X-WSC-Request": "1", Origin: origin } });
}
