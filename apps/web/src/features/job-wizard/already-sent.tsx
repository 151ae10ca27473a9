import { Link } from "@tanstack/react-router";
import { useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";

interface AlreadySentProps {
  readonly id: string;
  readonly onStartOver: () => void;
}

/** Replaces a form that was opened again after it was sent. */
export function AlreadySent({ id, onStartOver }: AlreadySentProps) {
  const { create } = useMessages();
  return (
    <section className="max-w-168 space-y-2 py-6">
      <h2 className="text-h2">{create.sentTitle}</h2>
      <p>{create.sentText}</p>
      <Actions className="mt-5">
        <Link className={buttonClass("primary")} to="/jobs/new" search={{ submission: id }}>
          {create.seeOutcome}
        </Link>
        <Button onClick={onStartOver}>{create.startOver}</Button>
      </Actions>
    </section>
  );
}
