import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type FollowPosition, followChanges } from "../api/follow-changes.ts";
import { usePageVisible } from "../ui/hooks.ts";

/** Follows events only while the tab is visible: a browser has six connections for all of its tabs. */
export function ChangeFollower() {
  const client = useQueryClient();
  const isVisible = usePageVisible();
  const position = useRef<FollowPosition>({ after: null });
  useEffect(() => {
    if (!isVisible) return;
    const leaving = new AbortController();
    void followChanges(client, position.current, leaving.signal);
    return () => leaving.abort();
  }, [client, isVisible]);
  return null;
}
