import { Link } from "@tanstack/react-router";
import { useDemoWords } from "../messages/use-demo-words.ts";
import { buttonClass } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";

/** Leads to the demo, where there is nothing else yet to look at. */
export function DemoLink() {
  return (
    <Link className={buttonClass()} to="/demo" search={{}}>
      {useDemoWords().title}
    </Link>
  );
}

/** Says on a page full of invented history that there is more to try. */
export function DemoOffer() {
  const words = useDemoWords();
  return (
    <Notice isWide className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 print:hidden">
      <p>{words.offer}</p>
      <DemoLink />
    </Notice>
  );
}
