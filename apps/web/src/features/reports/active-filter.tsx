import { X } from "lucide-react";
import { useMessages } from "../../messages/messages-context.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";

interface ActiveFilterProps {
  readonly label: string;
  readonly word: string;
  readonly onDrop: () => void;
}

/** An active filter on a check or domain; pressing it removes the filter. */
export function ActiveFilter({ label, word, onDrop }: ActiveFilterProps) {
  const { report, shell } = useMessages();
  const text = withVisibleControls(word);
  return (
    <button
      type="button"
      className="inline-flex min-h-7 max-w-full cursor-pointer items-center gap-1.5 rounded-sm border border-control bg-surface ps-2 pe-1.5 text-start hover:bg-accent-soft"
      aria-label={report.dropFilter(label, text)}
      onClick={onDrop}
    >
      <bdi translate="no">{shell.labelled(label, text)}</bdi>
      <X size={14} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}
