import { Link } from "@tanstack/react-router";
import { WscError } from "@wsc-dashboard/wsc-core";
import { troubleOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { TroubleBlock } from "../../ui/trouble-block.tsx";

interface CompareFailureProps {
  readonly error: Error;
  readonly onRetry: () => void;
}

/** Why two runs cannot be compared, and which of them is the reason. */
export function CompareFailure({ error, onRetry }: CompareFailureProps) {
  const messages = useMessages();
  const { compare, shell } = messages;
  const formats = useFormats();
  const details = error instanceof WscError ? error.details : {};
  const pointer = details.errors?.[0]?.pointer;
  const side = pointer === "/base" ? "base" : pointer === "/head" ? "head" : null;
  const trouble = troubleOf(messages, error);
  const isExpired = trouble.code === "160701";
  return (
    <>
      {side !== null && isExpired && details.expiredAt !== undefined ? (
        <p className="note note-medium">{compare.expiredSide[side](formats.exact(details.expiredAt))}</p>
      ) : null}
      <TroubleBlock
        heading={compare.failedTitle}
        trouble={trouble}
        onRetry={side === null ? onRetry : undefined}
        actions={
          <Link className={buttonClass()} to="/jobs">
            {shell.toJobs}
          </Link>
        }
      />
      {side === null || trouble.code.startsWith("COMPARE_") || trouble.code === "PREDECESSOR_NOT_FOUND" ? null : (
        <p className="hint">{compare.sideFailed[side]}</p>
      )}
    </>
  );
}
