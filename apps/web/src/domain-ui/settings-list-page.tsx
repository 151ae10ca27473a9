import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { describeError } from "../messages/error-text.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle } from "../ui/hooks.ts";
import { PageState } from "../ui/page-state.tsx";

interface SettingsListPageProps {
  readonly words: Readonly<
    Record<"title" | "create" | "intro" | "failedTitle" | "emptyTitle" | "emptyText" | "listLabel", string>
  >;
  readonly query: {
    readonly isLoading: boolean;
    readonly isError: boolean;
    readonly error: Error | null;
    readonly refetch: () => Promise<unknown>;
  };
  /** The blocks of the list; `null` while loading. */
  readonly blocks: readonly ReactNode[] | null;
  /** Notes above the list. */
  readonly notes?: ReactNode;
  /** The dialog that creates an item. */
  readonly renderDialog: (onClose: () => void) => ReactNode;
}

/** A settings subpage: the list of items of one kind, and a dialog to create one. */
export function SettingsListPage({ words, query, blocks, notes, renderDialog }: SettingsListPageProps) {
  const messages = useMessages();
  const { settings, shell } = messages;
  const [isCreating, setCreating] = useState(false);
  const isLate = useDelayed(query.isLoading, 200);
  useDocumentTitle(words.title, settings.title, shell.product);
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      {words.create}
    </Button>
  );
  return (
    <>
      <p className="kicker">
        <Link to="/settings">{settings.title}</Link>
      </p>
      <div className="page-head">
        <h1 className="h1">{words.title}</h1>
        <div className="actions">{blocks?.length === 0 ? null : create}</div>
      </div>
      <hr className="thick-rule" />
      <p className="hint">{words.intro}</p>
      {query.isError ? (
        <ErrorNotice
          heading={words.failedTitle}
          description={describeError(messages, query.error)}
          onRetry={() => void query.refetch()}
          isAlert
        />
      ) : null}
      {notes}
      {isLate ? <p className="muted">{shell.loading}</p> : null}
      {blocks === null ? null : blocks.length === 0 ? (
        <PageState title={words.emptyTitle} actions={create}>
          <p>{words.emptyText}</p>
        </PageState>
      ) : (
        <ul className="token-list" aria-label={words.listLabel}>
          {blocks}
        </ul>
      )}
      {isCreating ? renderDialog(() => setCreating(false)) : null}
    </>
  );
}
