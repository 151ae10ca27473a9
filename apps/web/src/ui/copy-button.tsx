import { Copy } from "lucide-react";
import { useMessages } from "../messages/messages-context.tsx";
import { useToast } from "./toaster.tsx";

interface CopyButtonProps {
  readonly text: string;
  /** The accessible name; shown as text as well when `isWordy`. */
  readonly label: string;
  readonly isWordy?: boolean;
}

export function CopyButton({ text, label, isWordy = false }: CopyButtonProps) {
  const { shell } = useMessages();
  const toast = useToast();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      toast(shell.copied);
    } catch {
      toast(shell.copyFailed);
    }
  };
  return (
    <button
      type="button"
      className={isWordy ? "button button-plain" : "icon-button"}
      aria-label={isWordy ? undefined : label}
      onClick={copy}
    >
      <Copy size={isWordy ? 16 : 14} strokeWidth={1.75} aria-hidden="true" />
      {isWordy ? label : null}
    </button>
  );
}
