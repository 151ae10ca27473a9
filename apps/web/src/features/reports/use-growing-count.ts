import { startTransition, useEffect, useState } from "react";
import { flushSync } from "react-dom";

const firstPart = 100;

/** How many of a long list to show: a hundred at once, the rest when the browser has time. Ctrl-F and print get all of them. */
export function useGrowingCount(total: number): number {
  const [isGrown, setGrown] = useState(total <= firstPart);
  useEffect(() => {
    if (isGrown) return;
    startTransition(() => setGrown(true));
    // Paper does not wait.
    const growAtOnce = (): void => flushSync(() => setGrown(true));
    addEventListener("beforeprint", growAtOnce);
    return () => removeEventListener("beforeprint", growAtOnce);
  }, [isGrown]);
  return isGrown ? total : firstPart;
}
