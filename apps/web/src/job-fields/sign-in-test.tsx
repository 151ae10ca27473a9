import { WscError } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef, useState } from "react";
import { type FieldPath, useFormContext, useWatch } from "react-hook-form";
import { targetCalls } from "../api/target-query.ts";
import { pathOfPointer } from "../forms/form-error.ts";
import { describeError } from "../messages/error-text.ts";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { useAnnounce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { PlainText } from "../ui/plain-text.tsx";
import { type JobFieldValues, signInFieldNames } from "./job-field-values.ts";

type Seen = Awaited<ReturnType<typeof targetCalls.check>>;
type Outcome =
  | { readonly kind: "running" }
  | { readonly kind: "seen"; readonly seen: Seen }
  | { readonly kind: "failed"; readonly error: unknown };

/** Signs in to the target from the dashboard and shows the outcome, never a value. */
export function SignInTest() {
  const { signIn: words } = useMessages();
  const announce = useAnnounce();
  const { control, getValues, setError, trigger } = useFormContext<JobFieldValues>();
  const [startUrl, signIn] = useWatch({ control, name: ["startUrl", "signIn"] });
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const request = useRef<AbortController>(null);
  // A result is valid only for the values it was tested with.
  const typed = JSON.stringify([startUrl, signIn]);
  const [tried, setTried] = useState(typed);
  if (outcome !== null && tried !== typed) setOutcome(null);
  useEffect(() => {
    if (outcome === null) request.current?.abort();
  }, [outcome]);
  useEffect(() => () => request.current?.abort(), []);

  const run = async (): Promise<void> => {
    if (!(await trigger(["startUrl", ...signInFieldNames]))) return;
    const abort = new AbortController();
    request.current = abort;
    setTried(typed);
    setOutcome({ kind: "running" });
    try {
      const { startUrl: url, signIn: entered } = getValues();
      const seen = await targetCalls.check({ body: { startUrl: url, signIn: entered } }, { signal: abort.signal });
      if (abort.signal.aborted) return;
      setOutcome({ kind: "seen", seen });
      announce(words.tested);
    } catch (error) {
      if (abort.signal.aborted) return;
      const fields = error instanceof WscError ? (error.details.errors ?? []) : [];
      for (const { pointer, code } of fields) {
        setError(pathOfPointer(pointer) as FieldPath<JobFieldValues>, { type: "server", message: code });
      }
      setOutcome({ kind: "failed", error });
    }
  };
  const isRunning = outcome?.kind === "running";
  return (
    <section className="field" aria-label={words.test}>
      <div className="actions">
        <Button inert={isRunning} onClick={() => void run()}>
          {isRunning ? words.testing : words.test}
        </Button>
      </div>
      <p className="hint">{words.testHint}</p>
      {outcome?.kind === "seen" ? <SeenPage seen={outcome.seen} /> : null}
      {outcome?.kind === "failed" ? <Failure error={outcome.error} /> : null}
    </section>
  );
}

/** A failure that is shown at its fields is only announced here. */
function Failure({ error }: { readonly error: unknown }) {
  const messages = useMessages();
  const description = describeError(messages, error);
  const isAtFields = error instanceof WscError && (error.details.errors ?? []).length > 0;
  if (!isAtFields) return <ErrorNotice description={description} isAlert />;
  return (
    <p role="alert" className="field-errors">
      {description.title}
    </p>
  );
}

function SeenPage({ seen }: { readonly seen: Seen }) {
  const { create, signIn: words } = useMessages();
  const formats = useFormats();
  const { finalUrl, status, cookieNames, excerpt } = seen;
  return (
    <div className="seen-page">
      <p className="strong">{words.tested}</p>
      <dl className="facts">
        <dt>{words.finalUrl}</dt>
        <dd>
          <PlainText text={finalUrl} className="url" />
        </dd>
        <dt>{words.status}</dt>
        <dd className="figure">{String(status)}</dd>
        <dt>{words.cookies}</dt>
        <dd>
          {cookieNames.length === 0 ? create.none : <PlainText text={formats.list(cookieNames)} className="mono" />}
        </dd>
      </dl>
      <p className="label">{words.excerpt}</p>
      <pre className="excerpt" translate="no" dir="auto">
        <PlainText text={excerpt} />
      </pre>
      <p className="hint">{words.excerptHint}</p>
    </div>
  );
}
