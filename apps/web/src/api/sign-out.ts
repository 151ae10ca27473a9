import type { SessionSignIn } from "@wsc-dashboard/wsc-core";

/** Ends the sign-in where the session says it is ended, and leaves the page. Rejects when the dashboard did not do it. */
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

/** Where to sign in, so that the person comes back to this page. */
export function signInUrl(startUrl: string): string {
  return `${startUrl}?returnTo=${encodeURIComponent(location.pathname + location.search)}`;
}
