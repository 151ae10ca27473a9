import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type BudgetUse, budgetLevel, type JobTab } from "@wsc-dashboard/wsc-core";
import { useKeyedMutation } from "../../api/idempotency-key.ts";
import { useMay, useSession } from "../../api/session-query.ts";
import { pendingSubmissionsQuery, refreshSubmissions, submissionCalls } from "../../api/submission-queries.ts";
import { describeError, errorTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { type Notice, NoticeLine } from "../../ui/notice-line.tsx";
import { useToast } from "../../ui/toaster.tsx";

interface SubmissionNoticesProps {
  readonly more?: readonly Notice[];
  /** The tab of the job list on the page; its submissions are fetched anyway. */
  readonly tab?: JobTab | undefined;
}

/** Notices before the next job: a budget nearly used up, submissions that need review, and `more` of the page. */
export function SubmissionNotices({ more = [], tab }: SubmissionNoticesProps) {
  const messages = useMessages();
  const { submissions: words } = messages;
  const { data } = useQuery(pendingSubmissionsQuery(useSession().listPollMs, 1, tab));
  const blockedBy = data?.resendBlockedBy ?? null;
  const notices: readonly Notice[] = [
    ...useBudgetSentences(data?.budget).map((title): Notice => ({ key: title, tone: "medium", title })),
    ...(blockedBy === null
      ? []
      : [
          {
            key: "resend",
            tone: "medium" as const,
            title: errorTextOf(messages, blockedBy).title,
            body: <ResendBlock code={blockedBy} />,
          },
        ]),
    ...more,
  ];
  return <NoticeLine label={words.notices} notices={notices} />;
}

function useBudgetSentences(budget: BudgetUse | undefined): string[] {
  const { submissions: words, shell } = useMessages();
  const { number, zoned } = useFormats();
  const isMine = useMay("jobs.create");
  if (budget === undefined || !isMine) return [];
  const parts = [
    [budget.day, words.budgetDayNear, words.budgetDayOver],
    [budget.userHour, words.budgetHourNear, words.budgetHourOver],
  ] as const;
  return parts.flatMap(([use, near, over]) => {
    const level = use === null ? "fine" : budgetLevel(use);
    if (use === null || level === "fine") return [];
    if (level === "near") return [near(number(use.used), number(use.limit))];
    const full = over(number(use.limit));
    return [use.nextAt === undefined ? full : shell.sentences(full, words.budgetNextAt(zoned(use.nextAt)))];
  });
}

function ResendBlock({ code }: { readonly code: string }) {
  const messages = useMessages();
  const { submissions: words } = messages;
  const client = useQueryClient();
  const toast = useToast();
  const mayAllow = useMay("submissions.allowResend");
  const allow = useKeyedMutation<unknown>({
    act: (_, idempotencyKey) => submissionCalls.allowResend({ body: {} }, { idempotencyKey }),
    onSuccess: () => toast(words.allowResendDone),
    onSettled: () => void refreshSubmissions(client),
  });
  return (
    <>
      <p>{errorTextOf(messages, code).next}</p>
      {mayAllow ? (
        <p>
          <Button inert={allow.isPending} onClick={() => allow.mutate()}>
            {words.allowResend}
          </Button>
        </p>
      ) : null}
      {allow.error === null ? null : <ErrorNotice description={describeError(messages, allow.error)} isAlert />}
    </>
  );
}
