import { startUrlSchema } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef, useState } from "react";
import { targetCalls } from "../api/target-query.ts";
import { fieldClass } from "../forms/field-set.tsx";
import { describeError } from "../messages/error-text.ts";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { Actions } from "../ui/actions.tsx";
import { useAnnounce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { PlainText } from "../ui/plain-text.tsx";

type Page = Awaited<ReturnType<typeof targetCalls.findLogin>>;
type FoundForm = NonNullable<Page["form"]>;
type Outcome =
  | { readonly kind: "running" }
  | { readonly kind: "read"; readonly page: Page }
  | { readonly kind: "failed"; readonly error: unknown };

interface LoginFinderProps {
  readonly pageUrl: string;
  readonly onFound: (form: FoundForm) => void;
}

/** Reads the login page and fills in the fields from its form, so that nobody has to read HTML. */
export function LoginFinder({ pageUrl, onFound }: LoginFinderProps) {
  const messages = useMessages();
  const { signIn: words } = messages;
  const announce = useAnnounce();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const request = useRef<AbortController>(null);
  const [tried, setTried] = useState(pageUrl);
  // A result is valid only for the URL it was read from.
  if (outcome !== null && tried !== pageUrl) setOutcome(null);
  useEffect(() => {
    if (outcome === null) request.current?.abort();
  }, [outcome]);
  useEffect(() => () => request.current?.abort(), []);
  const address = startUrlSchema.safeParse(pageUrl);

  const find = async (): Promise<void> => {
    if (!address.success) return;
    const abort = new AbortController();
    request.current = abort;
    setTried(pageUrl);
    setOutcome({ kind: "running" });
    try {
      const page = await targetCalls.findLogin({ body: { pageUrl: address.data } }, { signal: abort.signal });
      if (abort.signal.aborted) return;
      setOutcome({ kind: "read", page });
      if (page.form !== null) onFound(page.form);
      announce(page.form === null ? words.noForm : words.formFound);
    } catch (error) {
      if (!abort.signal.aborted) setOutcome({ kind: "failed", error });
    }
  };
  const isRunning = outcome?.kind === "running";
  return (
    <div className={fieldClass}>
      <Actions>
        <Button inert={isRunning || !address.success} onClick={() => void find()}>
          {isRunning ? words.finding : words.find}
        </Button>
      </Actions>
      <p className="max-w-168 text-text-2">{words.findHint}</p>
      {outcome?.kind === "read" ? <ReadPage page={outcome.page} /> : null}
      {outcome?.kind === "failed" ? <ErrorNotice description={describeError(messages, outcome.error)} isAlert /> : null}
    </div>
  );
}

function ReadPage({ page: { form, status, excerpt } }: { readonly page: Page }) {
  const { signIn: words } = useMessages();
  const { list, number } = useFormats();
  if (form !== null) {
    return (
      <p>
        {words.formFound}
        {form.others.length === 0 ? null : (
          <>
            {" "}
            {words.otherFields} <PlainText text={list(form.others)} className="mono" />
          </>
        )}
      </p>
    );
  }
  return (
    <div className="mt-3! border-s-3 border-hairline ps-3 [&>*+*]:mt-2">
      <p className="font-bold">{words.noForm}</p>
      <p className="max-w-168 text-text-2">{words.noFormHint(number(status))}</p>
      <pre className="my-1! border border-hairline bg-surface px-3 py-2" translate="no" dir="auto">
        <PlainText text={excerpt} />
      </pre>
    </div>
  );
}
