import { useMessages } from "../messages/messages-context.tsx";

/** In place of a page whose code is on its way. */
export function PageLoading() {
  const { shell } = useMessages();
  return (
    <p role="status" className="text-text-3">
      {shell.loading}
    </p>
  );
}
