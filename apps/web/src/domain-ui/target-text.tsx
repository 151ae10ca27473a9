import { targetHostOf } from "@wsc-dashboard/wsc-core";
import { PlainText, withVisibleControls } from "../ui/plain-text.tsx";

/** The part of a URL after its host; empty for the bare host. */
export function pathOf(url: string): string {
  if (!URL.canParse(url)) return "";
  const { pathname, search } = new URL(url);
  return pathname === "/" && search === "" ? "" : `${pathname}${search}`;
}

/** Host in bold, the rest in grey. */
export function TargetText({ url }: { readonly url: string }) {
  const path = pathOf(url);
  return (
    <bdi translate="no">
      <span className="font-bold group-hover/row:underline group-hover/row:underline-offset-[0.2em]">
        {withVisibleControls(targetHostOf(url))}
      </span>
      {path === "" ? null : <span className="text-text-3">{withVisibleControls(path)}</span>}
    </bdi>
  );
}

/** The heading of a page about one scan: its host, with the start URL below. */
export function TargetHeading({ startUrl }: { readonly startUrl: string }) {
  return (
    <>
      <h1 className="text-h1" translate="no">
        {withVisibleControls(targetHostOf(startUrl))}
      </h1>
      <p className="text-text-3">
        <PlainText text={startUrl} className="mono" />
      </p>
    </>
  );
}
