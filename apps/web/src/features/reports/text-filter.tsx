import { useEffect, useRef, useState } from "react";
import { useMessages } from "../../messages/messages-context.tsx";
import { Input } from "../../ui/control.tsx";

const pauseMs = 100;

interface TextFilterProps {
  readonly q: string;
  readonly onFilter: (q: string) => void;
}

/** Free-text filter. The address is updated once typing pauses. */
export function TextFilter({ q, onFilter }: TextFilterProps) {
  const { report } = useMessages();
  const [text, setText] = useState(q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(q);
  useEffect(() => {
    if (q === sent.current) return;
    sent.current = q;
    setText(q);
  }, [q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <Input
      className="flex-[0_1_16rem]"
      type="search"
      data-search=""
      aria-label={report.filterText}
      placeholder={report.filterPlaceholder}
      maxLength={200}
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => {
          sent.current = target.value.trim();
          onFilter(sent.current);
        }, pauseMs);
      }}
    />
  );
}
