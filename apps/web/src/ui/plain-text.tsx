import { Fragment } from "react";

// Control characters except tab and line ends, invisible format characters (including bidi marks and overrides), separators. The
// joiners stay: Indic scripts and emoji use them.
const deceptive = /(?![\t\n\r\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Most texts; tells so much faster than looking for the others. */
const plain = /^[ -~]*$/;

/** External text with every deceptive character written out, as in [U+202E]. */
export function withVisibleControls(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(
    deceptive,
    (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
  );
}

/** Untrusted text: as text only, in its own direction, never translated. */
export function PlainText({ text, className }: { readonly text: string; readonly className?: string | undefined }) {
  return (
    <bdi className={className} translate="no">
      {withVisibleControls(text)}
    </bdi>
  );
}

/** The name of a host, which breaks after its labels before it breaks inside one. */
export function HostText({ host }: { readonly host: string }) {
  return (
    <bdi translate="no">
      {withVisibleControls(host)
        .split(/(?<=[.:])/)
        .map((label, index) => (
          <Fragment key={index}>
            {index === 0 ? null : <wbr />}
            {label}
          </Fragment>
        ))}
    </bdi>
  );
}
