import { describeError } from "../messages/error-text.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { ErrorNotice } from "./error-notice.tsx";
import { useDelayed } from "./hooks.ts";

export interface QueryStateProps {
  readonly query: {
    readonly isLoading: boolean;
    readonly isError: boolean;
    readonly error: Error | null;
    readonly refetch: () => Promise<unknown>;
  };
  /** What cannot be shown when the query fails. */
  readonly failedTitle: string;
}

/** What stands in place of the answer of a query, or above an older one: that it is being read, or why it could not be. */
export function QueryState({ query, failedTitle }: QueryStateProps) {
  const messages = useMessages();
  const isLate = useDelayed(query.isLoading, 200);
  return (
    <>
      {query.isError ? (
        <ErrorNotice
          heading={failedTitle}
          description={describeError(messages, query.error)}
          onRetry={() => void query.refetch()}
          isAlert
        />
      ) : null}
      {isLate ? (
        <div aria-busy="true">
          <p className="mt-3 text-text-3">{messages.shell.loading}</p>
          <div className="mt-4 h-28 bg-sunken" aria-hidden="true" />
        </div>
      ) : null}
    </>
  );
}
