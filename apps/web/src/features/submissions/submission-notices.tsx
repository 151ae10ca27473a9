import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type BudgetUse, budgetLevel } from "@wsc-dashboard/wsc-core";
import { bff } from "../../api/bff-client.ts";
import { useKeyedMutation } from "../../api/idempotency-key.ts";
import { useMay, useSession } from "../../api/session-query.ts";
import { pendingSubmissionsQuery, refreshSubmissions } from "../../api/submission-queries.ts";
import { describeError, errorTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useToast } from "../../ui/toaster.tsx";

/** What a person should know before the next job: a budget that runs out, and doubt that is left to people. */
export function SubmissionNotices() {
  const { submissions: words } = useMessages();
  const { data } = useQuery(pendingSubmissionsQuery(useSession().listPollMs, 1));
  const sentences = useBudgetSentences(data?.budget);
  const blockedBy = data?.resendBlockedBy ?? null;
  if (sentences.length === 0 && blockedBy === null) return null;
  return (
    <section className="note notices" aria-label={words.notices}>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {blockedBy === null ? null : <ResendBlock code={blockedBy} />}
    </section>
  );
}

function useBudgetSentences(budget: BudgetUse | undefined): string[] {
  const { submissions: words } = useMessages();
  const { number } = useFormats();
  const isMine = useMay("jobs.create");
  if (budget === undefined || !isMine) return [];
  const parts = [
    [budget.day, words.budgetDayNear, words.budgetDayOver],
    [budget.userHour, words.budgetHourNear, words.budgetHourOver],
  ] as const;
  return parts.flatMap(([use, near, over]) => {
    const level = use === null ? "fine" : budgetLevel(use);
    if (use === null || level === "fine") return [];
    return [level === "near" ? near(number(use.used), number(use.limit)) : over(number(use.limit))];
  });
}

function ResendBlock({ code }: { readonly code: string }) {
  const messages = useMessages();
  const { submissions: words } = messages;
  const client = useQueryClient();
  const toast = useToast();
  const mayAllow = useMay("submissions.allowResend");
  const allow = useKeyedMutation<unknown>({
    act: (_, idempotencyKey) => bff.submissions.allowResend({ body: {} }, { idempotencyKey }),
    onSuccess: () => toast(words.allowResendDone),
    onSettled: () => void refreshSubmissions(client),
  });
  const { title, next } = errorTextOf(messages, code);
  return (
    <>
      <p>
        {title} {next}
      </p>
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
