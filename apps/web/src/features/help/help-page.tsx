import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { useMay, useSession } from "../../api/session-query.ts";
import { KeyRows } from "../../domain-ui/key-rows.tsx";
import type { HelpTopic } from "../../messages/en/help.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { useHelpWords } from "../../messages/use-help-words.ts";
import { useDocumentTitle } from "../../ui/hooks.ts";
import { ChangeList } from "./change-list.tsx";
import { ErrorCodes } from "./error-codes.tsx";

const topics = [
  "first-scan",
  "rescan",
  "not-retested",
  "one-year",
  "times",
  "errors",
  "shortcuts",
  "glossary",
  "changes",
] as const satisfies readonly HelpTopic[];

/** Answers to frequent questions, each with its own anchor. */
export function HelpPage() {
  const { shell } = useMessages();
  const words = useHelpWords();
  const { version } = useSession();
  const mayReadAudit = useMay("audit.list");
  useDocumentTitle(words.title, shell.product);
  // The part that the fragment names is rendered only now.
  useEffect(() => {
    document.getElementById(decodeHash(location.hash))?.scrollIntoView();
  }, []);
  const more: Partial<Record<HelpTopic, ReactNode>> = {
    errors: <ErrorCodes />,
    shortcuts: <KeyRows mayReadAudit={mayReadAudit} />,
    glossary: <Glossary />,
    changes: (
      <>
        <p>{words.version(version)}</p>
        <ChangeList />
      </>
    ),
  };
  return (
    <div className="help">
      <div className="page-head">
        <h1 className="h1">{words.title}</h1>
      </div>
      <hr className="thick-rule" />
      <nav aria-label={words.contents} className="help-contents">
        <ul className="plain-list">
          {topics.map((topic) => (
            <li key={topic}>
              <a href={`#${topic}`}>{words.topics[topic].title}</a>
            </li>
          ))}
          <li>
            <Link to="/help/api">{words.apiLink}</Link>
          </li>
        </ul>
      </nav>
      {topics.map((topic) => (
        <section key={topic} aria-labelledby={topic}>
          <h2 id={topic} className="h2 section-title">
            {words.topics[topic].title}
          </h2>
          <TopicText topic={topic} text={words.topics[topic].text} />
          {more[topic]}
        </section>
      ))}
    </div>
  );
}

function decodeHash(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
}

function TopicText({ topic, text }: { readonly topic: HelpTopic; readonly text: readonly string[] }) {
  if (topic !== "first-scan") return text.map((paragraph) => <p key={paragraph}>{paragraph}</p>);
  return (
    <ol className="help-steps">
      {text.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}

function Glossary() {
  const { glossary } = useHelpWords();
  return (
    <dl className="facts facts-wide">
      {Object.entries(glossary).map(([key, [word, meaning]]) => (
        <div key={key} className="facts-row">
          <dt>{word}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
