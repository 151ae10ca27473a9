import { Link } from "@tanstack/react-router";
import type { HelpTopic } from "../messages/en/help.ts";
import { useMessages } from "../messages/messages-context.tsx";

interface HelpLinkProps {
  readonly topic: HelpTopic;
  /** The subject of the question, for screen readers. */
  readonly about: string;
}

/** Link to the answer on the help page. */
export function HelpLink({ topic, about }: HelpLinkProps) {
  const { shell } = useMessages();
  return (
    <Link to="/help" hash={topic} className="print:hidden" aria-label={shell.labelled(shell.help, about)}>
      {shell.help}
    </Link>
  );
}
