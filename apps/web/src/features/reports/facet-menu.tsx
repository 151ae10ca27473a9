import { ChevronDown } from "lucide-react";
import { useId, useRef, useState } from "react";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { placeBelow } from "../../ui/place-below.ts";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { facetValues } from "./finding-sieve.ts";

/** Maximum number of listed values; the text field narrows them. */
const maxListed = 100;
/** With more values than this there is a field to narrow them. */
const fewValues = 8;

interface FacetMenuProps {
  readonly label: string;
  readonly counts: ReadonlyMap<string, number>;
  readonly chosen: string | undefined;
  readonly nameOf?: (value: string) => string;
  readonly onChoose: (value: string | undefined) => void;
}

/** A facet with counted values: a button that opens their list. */
export function FacetMenu({ label, counts, chosen, nameOf = withVisibleControls, onChoose }: FacetMenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`facet-button${chosen === undefined ? "" : " facet-button-chosen"}`}
        popoverTarget={id}
      >
        {label}
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className="facet-panel"
        onToggle={({ newState }) => {
          setOpen(newState === "open");
          if (newState === "open") placeBelow(panel.current, button.current);
        }}
      >
        {isOpen ? (
          <FacetValues
            label={label}
            counts={counts}
            chosen={chosen}
            nameOf={nameOf}
            onChoose={(value) => {
              panel.current?.hidePopover();
              onChoose(value);
            }}
          />
        ) : null}
      </div>
    </>
  );
}

function FacetValues({ label, counts, chosen, nameOf = String, onChoose }: FacetMenuProps) {
  const { report } = useMessages();
  const { number } = useFormats();
  const [text, setText] = useState("");
  const all = facetValues(counts);
  const wanted = text.trim().toLowerCase();
  const matching = all.filter(([value]) => nameOf(value).toLowerCase().includes(wanted));
  const listed = matching.slice(0, maxListed);
  return (
    <>
      {all.length <= fewValues ? null : (
        <input
          type="search"
          className="input facet-search"
          aria-label={report.facetSearch(label)}
          placeholder={report.facetSearch(label)}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      )}
      <ul className="facet-values">
        {chosen === undefined ? null : (
          <li>
            <button type="button" onClick={() => onChoose(undefined)}>
              {report.facetAny}
            </button>
          </li>
        )}
        {listed.map(([value, count]) => (
          <li key={value}>
            <button type="button" aria-pressed={value === chosen} onClick={() => onChoose(value)}>
              <bdi className="facet-name" translate="no">
                {nameOf(value)}
              </bdi>
              <span className="muted figure">{number(count)}</span>
            </button>
          </li>
        ))}
      </ul>
      {listed.length === matching.length ? null : (
        <p className="hint">{report.facetMore(number(matching.length - listed.length))}</p>
      )}
    </>
  );
}
