import { ChevronDown } from "lucide-react";
import { type ComponentProps, type ReactNode, useId, useRef, useState } from "react";
import { placeBelow } from "./place-below.ts";

interface MenuProps {
  /** What the button says. */
  readonly label: ReactNode;
  readonly buttonClassName: string;
  /** Rendered while the menu is open. `close` is for choices. */
  readonly children: (close: () => void) => ReactNode;
}

/** A button that opens a panel of choices below itself. Escape and a press outside close it. */
export function Menu({ label, buttonClassName, children }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button ref={button} type="button" className={buttonClassName} popoverTarget={id}>
        {label}
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className="fixed inset-auto m-0 max-h-[min(26rem,70dvh)] w-[min(26rem,calc(100vw-1rem))] overflow-y-auto rounded-md border border-control bg-raised p-2 text-text shadow-popover"
        onToggle={({ newState }) => {
          setOpen(newState === "open");
          if (newState === "open") placeBelow(panel.current, button.current);
        }}
      >
        {isOpen ? children(() => panel.current?.hidePopover()) : null}
      </div>
    </>
  );
}

interface MenuListProps {
  /** Apart from the list above it. */
  readonly isApart?: boolean;
  readonly children: ReactNode;
}

/** The choices of a menu. */
export function MenuList({ isApart = false, children }: MenuListProps) {
  return <ul className={isApart ? "mt-1.5 border-t border-hairline pt-1.5" : undefined}>{children}</ul>;
}

interface MenuItemProps extends ComponentProps<"button"> {
  readonly isChosen?: boolean;
  /** Behind the choice: its count, or whose it is. */
  readonly note?: ReactNode;
}

/** One choice of a menu. */
export function MenuItem({ isChosen, note, children, ...rest }: MenuItemProps) {
  return (
    <li>
      <button
        {...rest}
        type="button"
        aria-pressed={isChosen}
        className="flex min-h-8 w-full cursor-pointer items-baseline justify-between gap-4 rounded-sm px-2 py-1 text-start hover:bg-selected aria-pressed:bg-selected aria-pressed:font-bold"
      >
        <span className="min-w-0 wrap-anywhere">{children}</span>
        {note === undefined ? null : <span className="font-normal text-text-3 tabular-nums">{note}</span>}
      </button>
    </li>
  );
}
