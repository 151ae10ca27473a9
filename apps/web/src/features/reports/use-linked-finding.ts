import { useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";

/**
 * Goes to the part of the page its address names, whenever the address changes. Answers the name, so that a finding the filters
 * hide can be spoken of. A row of a list is left to the list, which may not have made it yet.
 */
export function useLinkedFinding(isList: boolean): string {
  const hash = useRouterState({ select: ({ location }) => location.hash });
  useEffect(() => {
    const part = hash === "" ? null : document.getElementById(hash);
    if (part === null || (isList && part.matches(".finding-row"))) return;
    part.scrollIntoView();
    part.focus({ preventScroll: true });
  }, [hash, isList]);
  return hash;
}
