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
      className={kind === "sheet" ? "dialog sheet" : "dialog"}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        if (closable) onClose();
      }}
    >
      <h2 id={titleId} className="dialog-title">
        {title}
      </h2>
      <div className="dialog-body">{children}</div>
      {footer ? <div className="dialog-footer">{footer}</div> : null}
    </dialog>
  );
}
