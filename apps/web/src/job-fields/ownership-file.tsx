import { startUrlSchema } from "@wsc-dashboard/wsc-core";
import { Download } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { targetCalls } from "../api/target-query.ts";
import { fieldClass } from "../forms/field-set.tsx";
import { describeError, errorTextOf } from "../messages/error-text.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { Actions } from "../ui/actions.tsx";
import { useAnnounce } from "../ui/announcer.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { PlainText } from "../ui/plain-text.tsx";
import type { JobFieldValues } from "./job-field-values.ts";

type Ownership = Awaited<ReturnType<typeof targetCalls.ownership>>;

/** The ownership file of the target: its content, its place, and whether it is there. */
export function OwnershipFile() {
  const messages = useMessages();
  const { target: words } = messages;
  const announce = useAnnounce();
  const { control, trigger, clearErrors } = useFormContext<JobFieldValues>();
  const startUrl = useWatch({ control, name: "startUrl" }).trim();
  const [known, setKnown] = useState<{ readonly startUrl: string; readonly ownership: Ownership } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isAsking, setAsking] = useState(false);
  // A file belongs to one target and is not valid for another.
  const ownership = known?.startUrl === startUrl ? known.ownership : null;

  const ask = async (): Promise<void> => {
    if (!startUrlSchema.safeParse(startUrl).success) {
      await trigger("startUrl");
      return;
    }
    setAsking(true);
    setError(null);
    try {
      const answer = await targetCalls.ownership({ body: { startUrl } });
      setKnown({ startUrl, ownership: answer });
      // The missing file is the only error that the server reports for the hosting field.
      if (answer.verified) clearErrors("hosting");
      if (ownership !== null) announce(answer.verified ? words.verified : words.notVerified);
    } catch (reason) {
      setError(reason);
    } finally {
      setAsking(false);
    }
  };
  return (
    <section className={fieldClass} aria-labelledby="ownership-title">
      <h3 id="ownership-title" className="block font-bold">
        {words.ownership}
      </h3>
      <p className="max-w-168 text-text-2">{words.ownershipHint}</p>
      {ownership === null ? null : <OwnershipState ownership={ownership} />}
      {error === null ? null : <ErrorNotice description={describeError(messages, error)} isAlert />}
      <Actions>
        {ownership === null ? null : <FileLink name={ownership.fileName} content={ownership.content} />}
        <Button inert={isAsking} onClick={() => void ask()}>
          {isAsking ? words.asking : ownership === null ? words.getFile : words.checkAgain}
        </Button>
      </Actions>
    </section>
  );
}

function OwnershipState({ ownership }: { readonly ownership: Ownership }) {
  const messages = useMessages();
  const { target: words } = messages;
  const { urls, tried, verified } = ownership;
  return (
    <>
      <p className={verified ? "font-bold text-done-text" : "font-bold"}>
        {verified ? words.verified : words.notVerified}
      </p>
      <p className="max-w-168 text-text-2">{words.anyOfThese}</p>
      <ul>
        {urls.map((url) => {
          const attempt = tried.find((one) => one.url === url);
          return (
            <li key={url}>
              <PlainText text={url} className="mono" /> <CopyButton text={url} label={words.copyUrl} />
              {attempt === undefined ? null : (
                <span className={attempt.found === "match" ? "block text-done-text" : "block"}>
                  {words.found[attempt.found]}
                  {attempt.status === undefined ? "" : ` (HTTP ${attempt.status})`}
                  {attempt.code === undefined ? "" : ` ${errorTextOf(messages, attempt.code).title}`}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function FileLink({ name, content }: { readonly name: string; readonly content: string }) {
  const { target: words } = useMessages();
  const url = useMemo(() => URL.createObjectURL(new Blob([content], { type: "text/plain" })), [content]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return (
    <a className={buttonClass("primary")} href={url} download={name}>
      <Download size={16} strokeWidth={1.75} aria-hidden="true" />
      {words.download(name)}
    </a>
  );
}
