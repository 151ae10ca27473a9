import { type ReactNode, useId } from "react";
import { useSession } from "../api/session-query.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { ChoiceLine } from "../ui/choice-line.tsx";

interface AgreeToManyProps {
  /** What is said after the charges. */
  readonly rule?: ReactNode;
  /** What the agreement is recorded for. */
  readonly note: string;
  readonly isAgreed: boolean;
  readonly onAgree: (isAgreed: boolean) => void;
}

/** The charges, and one agreement for several jobs. */
export function AgreeToMany({ rule, note, isAgreed, onAgree }: AgreeToManyProps) {
  const { create, shell } = useMessages();
  const { upstream } = useSession();
  const id = useId();
  return (
    <>
      <p>
        <strong>{upstream.emulator ? shell.emulatorNote : create.charges}</strong> {rule}
      </p>
      <ChoiceLine>
        <input
          id={id}
          type="checkbox"
          checked={isAgreed}
          aria-describedby={`${id}-note`}
          onChange={({ target }) => onAgree(target.checked)}
        />
        <label htmlFor={id}>{create.consentText}</label>
        <p id={`${id}-note`} className="max-w-168 text-text-2">
          {note}
        </p>
      </ChoiceLine>
    </>
  );
}
