import { readTargetView, type SignInOutcome, type TargetView, WscError } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef, useState } from "react";
import { type FieldPath, useFormContext, useWatch } from "react-hook-form";
import { targetCalls } from "../api/target-query.ts";
import { fieldClass } from "../forms/field-set.tsx";
import { pathOfPointer } from "../forms/form-error.ts";
import { describeError } from "../messages/error-text.ts";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { Actions } from "../ui/actions.tsx";
import { useAnnounce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { FactList } from "../ui/fact-list.tsx";
import { PlainText } from "../ui/plain-text.tsx";
import { type JobFieldValues, signInFieldNames } from "./job-field-values.ts";

type Outcome =
  | { readonly kind: "running" }
  | { readonly kind: "seen"; readonly seen: TargetView }
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
      announce(seen.signedIn === null ? words.tested : words.signedIn);
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
    <section className={fieldClass} aria-label={words.test}>
      <Actions>
        <Button inert={isRunning} onClick={() => void run()}>
          {isRunning ? words.testing : words.test}
        </Button>
      </Actions>
      <p className="max-w-168 text-text-2">{words.testHint}</p>
      {outcome?.kind === "seen" ? <SeenPage seen={outcome.seen} /> : null}
      {outcome?.kind === "failed" ? <Failure error={outcome.error} /> : null}
    </section>
  );
}

/** A failure that is shown at its fields is only announced here, with the page that was seen. */
function Failure({ error }: { readonly error: unknown }) {
  const messages = useMessages();
  const description = describeError(messages, error);
  const details = error instanceof WscError ? error.details : {};
  if ((details.errors ?? []).length === 0) return <ErrorNotice description={description} isAlert />;
  const seen = readTargetView(details.seen);
  return (
    <>
      <p role="alert" className="font-bold text-high-text">
        {description.title}
      </p>
      {seen === null ? null : <SeenPage seen={seen} />}
    </>
  );
}

/** Whether the login succeeded, and why it counts as that. */
function SignInVerdict({ outcome: { worked, reason }, status }: { outcome: SignInOutcome; status: number }) {
  const { signIn: words } = useMessages();
  return (
    <>
      <p className={`font-bold ${worked ? "" : "text-high-text"}`}>{worked ? words.signedIn : words.notSignedIn}</p>
      <p className="max-w-168">
        {reason === "refused" ? words.because.refused(String(status)) : words.because[reason]}
      </p>
    </>
  );
}

function SeenPage({ seen }: { readonly seen: TargetView }) {
  const { create, signIn: words } = useMessages();
  const formats = useFormats();
  const { finalUrl, status, cookieNames, excerpt, signedIn } = seen;
  return (
    <div
      className={`mt-3! border-s-3 ps-3 [&>*+*]:mt-2 ${signedIn?.worked === false ? "border-high" : "border-hairline"}`}
    >
      {signedIn === null ? (
        <p className="font-bold">{words.tested}</p>
      ) : (
        <SignInVerdict outcome={signedIn} status={status} />
      )}
      <FactList>
        <dt>{words.finalUrl}</dt>
        <dd>
          <PlainText text={finalUrl} className="mono" />
        </dd>
        <dt>{words.status}</dt>
        <dd className="tabular-nums">{String(status)}</dd>
        <dt>{words.cookies}</dt>
        <dd>
          {cookieNames.length === 0 ? create.none : <PlainText text={formats.list(cookieNames)} className="mono" />}
        </dd>
      </FactList>
      {excerpt === "" ? null : (
        <>
          <p className="font-bold">{words.excerpt}</p>
          <pre className="my-1! border border-hairline bg-surface px-3 py-2" translate="no" dir="auto">
            <PlainText text={excerpt} />
          </pre>
          <p className="max-w-168 text-text-2">{words.excerptHint}</p>
        </>
      )}
    </div>
  );
}
