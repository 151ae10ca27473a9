import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { useMay, useSession } from "../../api/session-query.ts";
import { DemoLink } from "../../domain-ui/demo-link.tsx";
import { KeyRows } from "../../domain-ui/key-rows.tsx";
import type { HelpTopic } from "../../messages/en/help.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { useHelpWords } from "../../messages/use-help-words.ts";
import { FactList, FactRow } from "../../ui/fact-list.tsx";
import { useDocumentTitle } from "../../ui/hooks.ts";
import { PageHead } from "../../ui/page-head.tsx";
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

const paragraphClass = "mt-2 max-w-184";

/** Answers to frequent questions, each with its own anchor. */
export function HelpPage() {
  const { shell } = useMessages();
  const words = useHelpWords();
  const { version, upstream } = useSession();
  const mayReadAudit = useMay("audit.list");
  useDocumentTitle(words.title, shell.product);
  // The part that the fragment names is rendered only now.
  useEffect(() => {
    document.getElementById(decodeHash(location.hash))?.scrollIntoView();
  }, []);
  const more: Partial<Record<HelpTopic, ReactNode>> = {
    ...(upstream.demoSite === null
      ? {}
      : {
          "first-scan": (
            <p className="mt-3">
              <DemoLink />
            </p>
          ),
        }),
    errors: <ErrorCodes />,
    shortcuts: (
      <div className="mt-3 max-w-160">
        <KeyRows mayReadAudit={mayReadAudit} />
      </div>
    ),
    glossary: <Glossary />,
    changes: (
      <>
        <p className={paragraphClass}>{words.version(version)}</p>
        <ChangeList />
      </>
    ),
  };
  return (
    <>
      <PageHead>
        <h1 className="text-h1">{words.title}</h1>
      </PageHead>
      <nav aria-label={words.contents} className="mt-4 [&_li]:py-0.5">
        <ul>
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
          <h2 id={topic} className="text-h2 mt-9 mb-2">
            {words.topics[topic].title}
          </h2>
          <TopicText topic={topic} text={words.topics[topic].text} />
          {more[topic]}
        </section>
      ))}
    </>
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
  if (topic !== "first-scan")
    return text.map((paragraph) => (
      <p key={paragraph} className={paragraphClass}>
        {paragraph}
      </p>
    ));
  return (
    <ol className="mt-2 max-w-184 list-decimal ps-5 [&>li]:mt-1.5">
      {text.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}

function Glossary() {
  const { glossary } = useHelpWords();
  return (
    <FactList isWide>
      {Object.entries(glossary).map(([key, [word, meaning]]) => (
        <FactRow key={key}>
          <dt>{word}</dt>
          <dd>{meaning}</dd>
        </FactRow>
      ))}
    </FactList>
  );
}
