import { useState } from "react";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Input } from "../../ui/control.tsx";
import { Menu, MenuItem, MenuList } from "../../ui/menu.tsx";
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
  return (
    <Menu
      label={label}
      buttonClassName={`inline-flex min-h-8 cursor-pointer items-center gap-1 rounded-sm border border-control px-2 hover:bg-accent-soft ${chosen === undefined ? "bg-surface" : "bg-accent-soft"}`}
    >
      {(close) => (
        <FacetValues
          label={label}
          counts={counts}
          chosen={chosen}
          nameOf={nameOf}
          onChoose={(value) => {
            close();
            onChoose(value);
          }}
        />
      )}
    </Menu>
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
        <Input
          type="search"
          aria-label={report.facetSearch(label)}
          placeholder={report.facetSearch(label)}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
          className="mb-1.5"
        />
      )}
      <MenuList>
        {chosen === undefined ? null : <MenuItem onClick={() => onChoose(undefined)}>{report.facetAny}</MenuItem>}
        {listed.map(([value, count]) => (
          <MenuItem key={value} isChosen={value === chosen} note={number(count)} onClick={() => onChoose(value)}>
            <bdi translate="no">{nameOf(value)}</bdi>
          </MenuItem>
        ))}
      </MenuList>
      {listed.length === matching.length ? null : (
        <p className="max-w-168 text-text-2">{report.facetMore(number(matching.length - listed.length))}</p>
      )}
    </>
  );
}
