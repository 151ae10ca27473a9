import { startTransition, useEffect, useState } from "react";

const firstPart = 100;

/** How many of a long list to show: a hundred at once, the rest when the browser has time. Ctrl-F and print get all of them. */
export function useGrowingCount(total: number): number {
  const [isGrown, setGrown] = useState(total <= firstPart);
  useEffect(() => {
    if (!isGrown) startTransition(() => setGrown(true));
  }, [isGrown]);
  return isGrown ? total : firstPart;
}
