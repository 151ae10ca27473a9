import { Link } from "@tanstack/react-router";
import { type IncomparableReason, WscError } from "@wsc-dashboard/wsc-core";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Notice } from "../../ui/notice.tsx";

interface CompareFailureProps {
  /** Why no job is suggested. */
  readonly reason: IncomparableReason | null | undefined;
  readonly error: Error;
  readonly onRetry: () => void;
}

/** Why two runs cannot be compared, and which of them is the reason. */
export function CompareFailure({ reason, error, onRetry }: CompareFailureProps) {
  const messages = useMessages();
  const { compare, shell, report } = messages;
  const formats = useFormats();
  const details = error instanceof WscError ? error.details : {};
  const pointer = details.errors?.[0]?.pointer;
  const side = pointer === "/base" ? "base" : pointer === "/head" ? "head" : null;
  const description = describeError(messages, error);
  const isExpired = description.code === "160701";
  return (
    <>
      {reason === undefined || reason === null || reason === "first" ? null : (
        <Notice as="p" tone="medium">
          {report.notComparable[reason]}
        </Notice>
      )}
      <ErrorNotice
        heading={compare.failedTitle}
        description={description}
        onRetry={side === null ? onRetry : undefined}
        actions={
          <Link className={buttonClass()} to="/jobs">
            {shell.toJobs}
          </Link>
        }
      />
      {side === null ||
      description.code.startsWith("COMPARE_") ||
      description.code === "PREDECESSOR_NOT_FOUND" ? null : (
        <p className="max-w-168 text-text-2">
          {isExpired && details.expiredAt !== undefined
            ? shell.sentences(compare.expiredSide[side](formats.exact(details.expiredAt)), compare.chooseOther)
            : shell.sentences(compare.sideFailed[side], compare.chooseOther)}
        </p>
      )}
    </>
  );
}
