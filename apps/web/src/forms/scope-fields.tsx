import { ChoiceGroup } from "./choice-group.tsx";
import { LinesField } from "./lines-field.tsx";

interface ScopeFieldsProps {
  readonly legend: string;
  /** Prefix of the anchors. */
  readonly anchor: string;
  readonly allName: string;
  readonly someName: string;
  readonly linesLabel: string;
  readonly linesHint: string;
  readonly value: "all" | "some";
  readonly entries: readonly string[];
  readonly errors: readonly string[];
  readonly onValue: (value: "all" | "some") => void;
  readonly onEntries: (entries: string[]) => void;
}

/** All, or only those typed, one per line. */
export function ScopeFields(props: ScopeFieldsProps) {
  const { legend, anchor, allName, someName, linesLabel, linesHint, value, entries, errors } = props;
  return (
    <>
      <ChoiceGroup
        legend={legend}
        anchor={`${anchor}-scope`}
        value={value}
        choices={[
          { value: "all", name: allName },
          { value: "some", name: someName },
        ]}
        onChange={props.onValue}
      />
      {value === "some" ? (
        <LinesField
          label={linesLabel}
          hint={linesHint}
          anchor={`${anchor}-entries`}
          entries={entries}
          errors={errors}
          countText=""
          rows={3}
          onChange={props.onEntries}
        />
      ) : null}
    </>
  );
}
