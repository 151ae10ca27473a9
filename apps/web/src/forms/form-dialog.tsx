import { type FormEvent, type ReactNode, useId } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

interface FormDialogProps {
  readonly title: string;
  readonly cancel: string;
  readonly submit: string;
  /** While it is sent: nothing can be pressed, and the dialog stays. */
  readonly isBusy: boolean;
  /** Something is missing that the form itself does not say. */
  readonly isIncomplete?: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  /** A further act, apart from the others. */
  readonly act?: ReactNode;
  /** The fields. */
  readonly children: ReactNode;
}

/** A dialog around one form, which its last button or Enter sends. The fields say what is wrong, not the browser. */
export function FormDialog({
  title,
  cancel,
  submit,
  isBusy,
  isIncomplete = false,
  onSubmit,
  onClose,
  act,
  children,
}: FormDialogProps) {
  const id = useId();
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (!isBusy && !isIncomplete) onSubmit();
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      closable={!isBusy}
      footer={
        <>
          {act === undefined ? null : <span className="me-auto">{act}</span>}
          <Button inert={isBusy} onClick={onClose}>
            {cancel}
          </Button>
          <Button variant="primary" type="submit" form={id} inert={isBusy || isIncomplete}>
            {submit}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={send} noValidate>
        {children}
      </form>
    </Dialog>
  );
}
