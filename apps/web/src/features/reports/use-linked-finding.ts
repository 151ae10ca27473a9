import { useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";

/**
 * Goes to the part of the page its address names, once it is there and whenever the address changes. Answers the name, so that
 * a finding the filters hide can be spoken of.
 */
export function useLinkedFinding(isComplete: boolean): string {
  const hash = useRouterState({ select: ({ location }) => location.hash });
  useEffect(() => {
    const part = hash === "" ? null : document.getElementById(hash);
    if (part === null || !isComplete) return;
    part.scrollIntoView();
    part.focus({ preventScroll: true });
  }, [hash, isComplete]);
  return hash;
}
