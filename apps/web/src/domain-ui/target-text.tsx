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
    <bdi className="target" translate="no">
      <span className="target-host">{withVisibleControls(targetHostOf(url))}</span>
      {path === "" ? null : <span className="target-path">{withVisibleControls(path)}</span>}
    </bdi>
  );
}

/** The heading of a page about one scan: its host, with the start URL below. */
export function TargetHeading({ startUrl }: { readonly startUrl: string }) {
  return (
    <>
      <h1 className="h1" translate="no">
        {withVisibleControls(targetHostOf(startUrl))}
      </h1>
      <p className="muted">
        <PlainText text={startUrl} className="url" />
      </p>
    </>
  );
}
