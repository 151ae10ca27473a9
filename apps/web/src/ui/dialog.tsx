import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { focusPage } from "./keep-focus.ts";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  /** A sheet is attached to the edge of the screen. */
  readonly kind?: "box" | "sheet";
  /** False while an operation runs that closing would not undo. */
  readonly closable?: boolean;
}

const dialogClass =
  "grid-rows-[auto_minmax(0,1fr)] overflow-hidden border border-t-3 border-control border-t-text bg-raised text-start font-normal whitespace-normal text-text shadow-dialog open:grid backdrop:bg-[rgb(8_16_16/0.5)] motion-safe:open:animate-appear";
const kindClasses = {
  box: "m-auto max-h-[calc(100dvh-2rem)] w-[min(32rem,calc(100vw-2rem))] rounded-md",
  sheet: "my-0 mr-0 ml-auto h-dvh max-h-none w-[min(20rem,calc(100vw-3rem))]",
} as const;

/** The native modal dialog: it traps the focus and restores it on close. */
export function Dialog({ title, onClose, children, footer, kind = "box", closable = true }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Closed before it is removed: only then does the browser restore the focus.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      // The element that opened it may be gone.
      if (document.activeElement === document.body) focusPage();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={`${dialogClass} ${kindClasses[kind]}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        if (closable) onClose();
      }}
    >
      <h2 id={titleId} className="text-h2 px-5 pt-5">
        {title}
      </h2>
      {/* Only the contents scroll: the actions stay in reach. */}
      <div className="overflow-y-auto px-5 pt-3 pb-5 focus-visible:-outline-offset-2 [&>*+*]:mt-3">{children}</div>
      {footer ? (
        <div className="flex flex-wrap justify-end gap-2 border-t border-hairline px-5 py-4">{footer}</div>
      ) : null}
    </dialog>
  );
}
