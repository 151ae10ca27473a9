import { useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";

/**
 * Scrolls to the element that the fragment names, whenever it changes. Returns the fragment, so that the page can say when
 * filters hide the finding. A row of a list is left to the list, which may not have created it yet.
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
