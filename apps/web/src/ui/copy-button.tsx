import { Copy } from "lucide-react";
import { useCallback } from "react";
import { useMessages } from "../messages/messages-context.tsx";
import { buttonClass, iconButtonClass } from "./button.tsx";
import { useToast } from "./toaster.tsx";

/** Returns a function that copies a text to the clipboard and says whether that worked. */
export function useCopy(): (text: string) => Promise<void> {
  const { shell } = useMessages();
  const toast = useToast();
  return useCallback(
    async (text) => {
      try {
        await navigator.clipboard.writeText(text);
        toast(shell.copied);
      } catch {
        toast(shell.copyFailed);
      }
    },
    [shell, toast],
  );
}

interface CopyButtonProps {
  readonly text: string;
  /** The accessible name; visible as well when `isWordy`. */
  readonly label: string;
  readonly isWordy?: boolean;
}

export function CopyButton({ text, label, isWordy = false }: CopyButtonProps) {
  const copy = useCopy();
  return (
    <button
      type="button"
      className={isWordy ? buttonClass() : iconButtonClass}
      aria-label={isWordy ? undefined : label}
      onClick={() => void copy(text)}
    >
      <Copy size={isWordy ? 16 : 14} strokeWidth={1.75} aria-hidden="true" />
      {isWordy ? label : null}
    </button>
  );
}
