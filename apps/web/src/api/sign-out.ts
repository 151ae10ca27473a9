import type { SessionSignIn } from "@wsc-dashboard/wsc-core";

/** Signs out at the endpoint that the session names, and leaves the page. Rejects when the session was not ended. */
export async function signOut(end: NonNullable<SessionSignIn["end"]>): Promise<void> {
  if (end.kind === "link") {
    location.assign(end.url);
    return;
  }
  const response = await fetch(end.url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-WSC-Request": "1" },
    body: "{}",
    credentials: "same-origin",
    redirect: "error",
  });
  const answer: unknown = await response.json();
  const next = typeof answer === "object" && answer !== null && "next" in answer ? answer.next : null;
  if (!response.ok || typeof next !== "string") throw new Error(`HTTP ${response.status}`);
  location.assign(next);
}

/** The login URL that returns to the current page. */
export function signInUrl(startUrl: string): string {
  return `${startUrl}?returnTo=${encodeURIComponent(location.pathname + location.search)}`;
}
