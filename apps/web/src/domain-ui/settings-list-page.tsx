import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useMessages } from "../messages/messages-context.tsx";
import { Actions } from "../ui/actions.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { useDocumentTitle } from "../ui/hooks.ts";
import { Kicker, PageHead } from "../ui/page-head.tsx";
import { QueryState, type QueryStateProps } from "../ui/query-state.tsx";

interface SettingsListPageProps {
  readonly words: Readonly<
    Record<"title" | "create" | "intro" | "failedTitle" | "emptyTitle" | "emptyText" | "listLabel", string>
  >;
  readonly query: QueryStateProps["query"];
  /** The blocks of the list; `null` while loading. */
  readonly blocks: readonly ReactNode[] | null;
  /** Notes above the list. */
  readonly notes?: ReactNode;
  /** The dialog that creates an item. */
  readonly renderDialog: (onClose: () => void) => ReactNode;
}

/** A settings subpage: the list of items of one kind, and a dialog to create one. */
export function SettingsListPage({ words, query, blocks, notes, renderDialog }: SettingsListPageProps) {
  const { settings, shell } = useMessages();
  const [isCreating, setCreating] = useState(false);
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
      <p className="mt-3 max-w-168 text-text-2">{words.intro}</p>
      <QueryState query={query} failedTitle={words.failedTitle} />
      {notes}
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
