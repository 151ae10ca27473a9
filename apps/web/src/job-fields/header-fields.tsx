import { limits } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { NamedRows } from "./named-rows.tsx";
import type { NamedRow } from "./sign-in-entry.ts";

const knownNames = ["Cookie", "Authorization", "X-Auth-Token", "X-CSRF-Token", "Accept-Language"];
/** Fraction of the limit from which the meter is shown. */
const shownFrom = 0.5;

interface HeaderFieldsProps {
  readonly rows: readonly NamedRow[];
  readonly onChange: (rows: readonly NamedRow[]) => void;
  readonly onBlur: () => void;
}

/** A cookie or other headers of a session at the target. */
export function HeaderFields({ rows, onChange, onBlur }: HeaderFieldsProps) {
  const { create, signIn: words } = useMessages();
  return (
    <>
      <NamedRows
        legend={create.headers}
        anchor="field-signIn-headers"
        rows={rows}
        onChange={onChange}
        onBlur={onBlur}
        addWord={create.addHeader}
        knownNames={knownNames}
      >
        <p className="max-w-168 text-text-2">{words.headersHow}</p>
      </NamedRows>
      <SizeMeter length={Math.max(0, ...rows.map(({ value }) => value.trim().length))} />
    </>
  );
}

const meterClass =
  "[&::-webkit-meter-bar]:h-2 [&::-webkit-meter-bar]:rounded-[2px] [&::-webkit-meter-bar]:border [&::-webkit-meter-bar]:border-control [&::-webkit-meter-bar]:bg-sunken [&::-webkit-meter-optimum-value]:bg-accent [&::-webkit-meter-suboptimum-value]:bg-medium";

/** The length of the longest value, relative to the limit. */
function SizeMeter({ length }: { readonly length: number }) {
  const { signIn: words } = useMessages();
  const { number } = useFormats();
  const maxLength = limits.headerValueLength;
  if (length < maxLength * shownFrom) return null;
  const text = words.valueSize(number(length), number(maxLength));
  return (
    <p
      className={`mt-2! flex max-w-168 flex-wrap items-center gap-x-3 tabular-nums ${length > maxLength ? "font-bold text-high-text" : "text-text-2"}`}
    >
      <meter
        className={`w-40 ${meterClass}`}
        min={0}
        max={maxLength}
        high={maxLength * 0.9}
        value={length}
        aria-label={text}
      />
      {text}
    </p>
  );
}
