import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { describeError } from "../messages/error-text.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { Actions } from "../ui/actions.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle } from "../ui/hooks.ts";
import { Kicker, PageHead } from "../ui/page-head.tsx";

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
      <Kicker>
        <Link to="/settings">{settings.title}</Link>
      </Kicker>
      <PageHead>
        <h1 className="text-h1">{words.title}</h1>
        <Actions>{blocks?.length === 0 ? null : create}</Actions>
      </PageHead>
      <p className="max-w-168 text-text-2">{words.intro}</p>
      {query.isError ? (
        <ErrorNotice
          heading={words.failedTitle}
          description={describeError(messages, query.error)}
          onRetry={() => void query.refetch()}
          isAlert
        />
      ) : null}
      {notes}
      {isLate ? <p className="text-text-3">{shell.loading}</p> : null}
      {blocks === null ? null : blocks.length === 0 ? (
        <EmptyState title={words.emptyTitle} actions={create}>
          <p>{words.emptyText}</p>
        </EmptyState>
      ) : (
        <ul className="mt-4" aria-label={words.listLabel}>
          {blocks}
        </ul>
      )}
      {isCreating ? renderDialog(() => setCreating(false)) : null}
    </>
  );
}
