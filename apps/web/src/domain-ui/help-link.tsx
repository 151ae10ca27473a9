import { Link } from "@tanstack/react-router";
import type { HelpTopic } from "../messages/en/help.ts";
import { useMessages } from "../messages/messages-context.tsx";

interface HelpLinkProps {
  readonly topic: HelpTopic;
  /** What the question is about, for those who hear the link alone. */
  readonly about: string;
}

/** Leads from where a question arises to its answer on the help page. */
export function HelpLink({ topic, about }: HelpLinkProps) {
  const { shell } = useMessages();
  return (
    <Link to="/help" hash={topic} className="no-print" aria-label={shell.labelled(shell.help, about)}>
      {shell.help}
    </Link>
  );
}
