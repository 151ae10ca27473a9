// Controls except tab and line ends, invisible formats (bidi marks and overrides among them), separators. The joiners
// stay: Indic scripts and emoji are written with them.
const deceptive = /(?![\t\n\r\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text from outside with every deceptive character written out, as in [U+202E]. */
export function withVisibleControls(text: string): string {
  return text.replace(
    deceptive,
    (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
  );
}

/** Hostile text: as text only, in its own direction, never translated. */
export function PlainText({ text, className }: { readonly text: string; readonly className?: string | undefined }) {
  return (
    <bdi className={className} translate="no">
      {withVisibleControls(text)}
    </bdi>
  );
}
