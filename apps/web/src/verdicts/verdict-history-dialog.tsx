import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import type { VerdictChange, VerdictHistoryEntry, VerdictView } from "@wsc-dashboard/wsc-core";
import { type FormEvent, useState } from "react";
import { useMay } from "../api/session-query.ts";
import { changeVerdicts, verdictQuery } from "../api/verdict-queries.ts";
import { Field } from "../forms/field.tsx";
import { describeError } from "../messages/error-text.ts";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { useVerdictWords } from "../messages/verdict-words.ts";
import { Button } from "../ui/button.tsx";
import { Input, TextArea } from "../ui/control.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { Notice } from "../ui/notice.tsx";
import { PlainText } from "../ui/plain-text.tsx";
import { TimeText } from "../ui/time-text.tsx";
import { verdictLineClass, verdictReasonClass } from "./verdict-classes.ts";
import { useDayText } from "./verdict-mark.tsx";

export interface VerdictHistoryDialogProps {
  readonly host: string;
  readonly instanceNo?: string | undefined;
  readonly fingerprint: string;
  readonly present: VerdictView | undefined;
  readonly onClose: () => void;
}

/** The history of a finding, with notes and its issue link. */
export function VerdictHistoryDialog(props: VerdictHistoryDialogProps) {
  const { present, onClose } = props;
  const words = useVerdictWords();
  const mayWrite = useMay("verdicts.change");
  return (
    <Dialog title={words.historyTitle} onClose={onClose} footer={<Button onClick={onClose}>{words.close}</Button>}>
      {mayWrite ? (
        <>
          <NoteForm {...props} />
          <IssueForm {...props} />
        </>
      ) : null}
      {present === undefined ? <p className="text-text-3">{words.noHistory}</p> : <History id={present.id} />}
    </Dialog>
  );
}

/** Changes the dialog's finding, then refetches what is shown of it. */
function useChange({ host, instanceNo, fingerprint, present }: VerdictHistoryDialogProps, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: VerdictChange) => {
      const findings = [{ fingerprint, version: present?.version ?? 0 }];
      const [result] = await changeVerdicts({ host, instanceNo, findings, change });
      return result;
    },
    onSuccess: async (result) => {
      await client.invalidateQueries({ queryKey: ["verdicts"] });
      if (result?.code === undefined) onDone();
    },
  });
}

/** Why a change was not made, from the call or from the finding's result. */
function ChangeError({
  heading,
  changing,
}: {
  readonly heading: string;
  readonly changing: ReturnType<typeof useChange>;
}) {
  const messages = useMessages();
  const code = changing.data?.code;
  if (changing.isError)
    return <ErrorNotice heading={heading} description={describeError(messages, changing.error)} isAlert />;
  if (code === undefined) return null;
  const text = messages.errors[code as keyof typeof messages.errors];
  return (
    <Notice role="alert" as="p">
      {heading}: {text?.title ?? code} {text?.next ?? ""}
    </Notice>
  );
}

function NoteForm(props: VerdictHistoryDialogProps) {
  const words = useVerdictWords();
  const [text, setText] = useState("");
  const changing = useChange(props, () => setText(""));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const note = text.replaceAll("\r\n", "\n").trim();
    if (note !== "" && !changing.isPending) changing.mutate({ kind: "note", text: note });
  };
  return (
    <form onSubmit={submit}>
      <Field label={words.note} hint={words.noteHint} anchor="verdict-note">
        {(control) => (
          <TextArea
            {...control}
            dir="auto"
            rows={3}
            maxLength={4000}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      <ChangeError heading={words.noteFailed} changing={changing} />
      <p className="mt-2">
        <Button type="submit" inert={text.trim() === "" || changing.isPending}>
          {words.addNote}
        </Button>
      </p>
    </form>
  );
}

function IssueForm(props: VerdictHistoryDialogProps) {
  const words = useVerdictWords();
  const kept = props.present?.issueUrl ?? "";
  const [url, setUrl] = useState(kept);
  const changing = useChange(props, () => undefined);
  const save = (issueUrl: string | null): void => {
    if (!changing.isPending) changing.mutate({ kind: "link", issueUrl });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (url.trim() !== "") save(url.trim());
  };
  return (
    <form onSubmit={submit} className="mt-4" noValidate>
      <Field label={words.issueLink} hint={words.issueHint} anchor="verdict-issue">
        {(control) => (
          <Input
            {...control}
            type="url"
            maxLength={2000}
            value={url}
            autoComplete="off"
            onChange={({ target }) => setUrl(target.value)}
          />
        )}
      </Field>
      <ChangeError heading={words.linkFailed} changing={changing} />
      <span className="mt-2 flex flex-wrap items-center gap-2">
        <Button type="submit" inert={url.trim() === "" || url.trim() === kept || changing.isPending}>
          {words.saveLink}
        </Button>
        {kept === "" ? null : (
          <Button
            variant="quiet"
            inert={changing.isPending}
            onClick={() => {
              setUrl("");
              save(null);
            }}
          >
            {words.removeLink}
          </Button>
        )}
      </span>
    </form>
  );
}

function History({ id }: { readonly id: string }) {
  const messages = useMessages();
  const words = useVerdictWords();
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery(verdictQuery(id));
  if (error !== null && data === undefined) {
    return (
      <ErrorNotice
        heading={words.historyFailed}
        description={describeError(messages, error)}
        onRetry={() => void refetch()}
      />
    );
  }
  const entries = data?.pages.flatMap(({ history }) => history) ?? [];
  return (
    <>
      <ol className="mt-4 mb-2 grid gap-3 border-t border-hairline pt-3" aria-label={words.history}>
        {entries.map((entry) => (
          <HistoryEntry key={entry.seq} entry={entry} />
        ))}
      </ol>
      {hasNextPage ? (
        <Button inert={isFetching} onClick={() => void fetchNextPage()}>
          {words.older}
        </Button>
      ) : null}
    </>
  );
}

function HistoryEntry({ entry }: { readonly entry: VerdictHistoryEntry }) {
  const words = useVerdictWords();
  const day = useDayText();
  const { report } = useMessages();
  const { list } = useFormats();
  const { kind, at, by, verdict, reason, owner, due, until, text, issueUrl, instanceNo } = entry;
  const title =
    kind === "decided"
      ? words.events.decided(words.states[verdict ?? "open"])
      : kind === "link"
        ? words.events[issueUrl == null ? "unlinked" : "linked"]
        : words.events[kind];
  const facts = [
    ...(owner === undefined ? [] : [`${words.owner}: ${owner}`]),
    ...(due === undefined ? [] : [words.dueDay(day(due))]),
    ...(until === undefined ? [] : [words.untilDay(day(until))]),
    ...(instanceNo === undefined ? [] : [`${report.source} ${instanceNo}`]),
  ];
  const written = text ?? reason ?? (kind === "link" ? (issueUrl ?? undefined) : undefined);
  return (
    <li>
      <p className={verdictLineClass}>
        <strong>{title}</strong>
        <span className="text-text-3">
          <TimeText instant={at} /> · <PlainText text={by ?? words.dashboard} />
        </span>
      </p>
      {facts.length === 0 ? null : (
        <p className="max-w-168 text-text-2">
          <PlainText text={list(facts)} />
        </p>
      )}
      {written === undefined ? null : (
        <p className={verdictReasonClass} dir="auto">
          <PlainText text={written} />
        </p>
      )}
    </li>
  );
}
