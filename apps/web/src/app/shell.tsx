import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { pagePaths } from "@wsc-dashboard/wsc-core";
import { type RefObject, useEffect, useRef } from "react";
import { SessionContext, sessionQuery } from "../api/session-query.ts";
import { SessionEnd } from "../features/session/session-end.tsx";
import { isWithoutAccess, SessionProblemPage } from "../features/session/session-problem-page.tsx";
import { useMessages } from "../messages/messages-context.tsx";
import { useDelayed } from "../ui/hooks.ts";
import { ChangeFollower } from "./change-follower.tsx";
import { ConditionBanner } from "./condition-banner.tsx";
import { Shortcuts } from "./shortcuts.tsx";
import { TopBar } from "./top-bar.tsx";
import { ZoneNote } from "./zone-note.tsx";

/** What stays on screen on every page. */
export function Shell() {
  const { shell } = useMessages();
  const isSignedOutPage = useRouterState({ select: (state) => state.location.pathname === pagePaths.signedOut });
  const session = useQuery({ ...sessionQuery, enabled: !isSignedOutPage });
  // Without a role only the refusal is shown; after the session has ended the page stays, with what was typed.
  const known = isWithoutAccess(session.error) ? null : (session.data ?? null);
  const isLate = useDelayed(session.isLoading, 200);
  const main = useRef<HTMLElement>(null);
  useFocusOnNavigation(main);
  return (
    <SessionContext value={known}>
      <a
        className="absolute -left-[999px] focus:top-2 focus:left-2 focus:z-10 focus:bg-surface focus:px-3 focus:py-1 print:hidden"
        href="#main"
      >
        {shell.skipToContent}
      </a>
      <TopBar session={known} />
      <ConditionBanner />
      {known ? <SessionEnd session={known} error={session.error} /> : null}
      <main
        id="main"
        ref={main}
        className="mx-auto max-w-360 px-4 pt-5 pb-16 print:max-w-none print:p-0 max-md:in-data-selecting:pb-40 focus-visible:outline-none"
        tabIndex={-1}
      >
        {known || isSignedOutPage ? <Outlet /> : null}
        {!known && !isSignedOutPage && session.isError ? (
          <SessionProblemPage error={session.error} onRetry={() => void session.refetch()} />
        ) : null}
        {isLate ? <p className="text-text-3">{shell.loading}</p> : null}
      </main>
      {known ? <ZoneNote /> : null}
      {known ? <Shortcuts /> : null}
      {known ? <ChangeFollower /> : null}
    </SessionContext>
  );
}

/** After a navigation the focus moves to the content, as after a page load. */
function useFocusOnNavigation(main: RefObject<HTMLElement | null>): void {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path, main]);
}
