import { useQuery } from "@tanstack/react-query";
import { curlText, type JobPreview } from "@wsc-dashboard/wsc-core";
import { useFormContext, useWatch } from "react-hook-form";
import { previewQuery } from "../../api/preview-query.ts";
import { coverValues } from "../../job-fields/sign-in-entry.ts";
import { describeError } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import type { WizardValues } from "./wizard-values.ts";

/** The exact call that will be sent, with sign-in values masked. */
export function ExactRequest() {
  const messages = useMessages();
  const { review: words } = messages;
  const { control } = useFormContext<WizardValues>();
  const { consent: _, managedConsent: __, ...values } = useWatch({ control }) as WizardValues;
  const when = values.when.kind === "repeat" ? { kind: "now" as const } : values.when;
  const { data, error } = useQuery(
    previewQuery({ ...values, when, signIn: coverValues(values.signIn) } as Parameters<typeof previewQuery>[0]),
  );
  const description = error === null ? null : describeError(messages, error);
  return (
    <details className="mt-4 border-t border-hairline pt-3 [&>*+*]:mt-2 [&>summary]:min-h-6 [&>summary]:cursor-pointer">
      <summary>{words.exact}</summary>
      {data ? (
        <Call call={data} hasSignIn={values.signIn.kind === "form"} />
      ) : description ? (
        <p className="max-w-168 text-text-2">
          {description.title} {description.next}
        </p>
      ) : (
        <p className="max-w-168 text-text-2">{words.incomplete}</p>
      )}
    </details>
  );
}

interface CallProps {
  readonly call: JobPreview;
  /** A cookie will be added whose value is known only after signing in to the target. */
  readonly hasSignIn: boolean;
}

function Call({ call, hasSignIn }: CallProps) {
  const { review: words } = useMessages();
  const { method, origin, path, body, hash } = call;
  return (
    <>
      <p className="max-w-168 text-text-2">{words.exactHint}</p>
      {hasSignIn ? <p className="max-w-168 text-text-2">{words.signInLater}</p> : null}
      <pre className="my-1! border border-hairline bg-surface px-3 py-2" translate="no">
        {`${method} ${origin}${path}\n\n${withVisibleControls(body)}`}
      </pre>
      <p className="max-w-168 text-text-2">
        {words.checksum}: <code>{hash}</code>
      </p>
      <Actions>
        <CopyButton text={body} label={words.copyBody} isWordy />
        <CopyButton text={curlText(call)} label={words.copyCurl} isWordy />
      </Actions>
      <p className="max-w-168 text-text-2">{words.curlNote}</p>
    </>
  );
}
