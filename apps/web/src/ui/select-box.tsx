import { useEffect, useRef } from "react";

const boxClass = "inline-flex px-1 [&>input]:size-4.5 [&>input]:accent-accent";
const rowClass = "py-[0.6875rem]";

interface SelectBoxProps {
  /** Accessible name: what is selected. */
  readonly label: string;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
  /** Beside one line of text instead of in a row of the table. */
  readonly isClose?: boolean;
}

/** The checkbox that selects one row. */
export function SelectBox({ label, isChosen, onToggle, isClose = false }: SelectBoxProps) {
  return (
    <label className={`${boxClass} ${isClose ? "py-1" : rowClass}`}>
      <input type="checkbox" data-select="" aria-label={label} checked={isChosen} onChange={onToggle} />
    </label>
  );
}

interface SelectAllBoxProps {
  readonly label: string;
  /** Number of selected rows among those that it selects, and of all these. */
  readonly chosen: number;
  readonly count: number;
  readonly onToggle: () => void;
  readonly isClose?: boolean;
}

/** The checkbox that selects all shown rows. */
export function SelectAllBox({ label, chosen, count, onToggle, isClose = false }: SelectAllBoxProps) {
  const box = useRef<HTMLInputElement>(null);
  const isMixed = chosen > 0 && chosen < count;
  useEffect(() => {
    if (box.current) box.current.indeterminate = isMixed;
  }, [isMixed]);
  return (
    <label className={`${boxClass} ${isClose ? "py-1" : rowClass}`}>
      <input ref={box} type="checkbox" aria-label={label} checked={chosen === count} onChange={onToggle} />
    </label>
  );
}
