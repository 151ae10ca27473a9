import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { placeOf, type Verdict, type VerdictView, verdicts } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { useMay } from "../api/session-query.ts";
import { targetVerdictsQuery } from "../api/verdict-queries.ts";
import { SeverityShape } from "../domain-ui/severity-mark.tsx";
import { describeError } from "../messages/error-text.ts";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { useVerdictWords } from "../messages/verdict-words.ts";
import { ButtonPaging } from "../ui/button-paging.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { PlainText } from "../ui/plain-text.tsx";
import { VerdictMark, VerdictReason } from "./verdict-mark.tsx";
import { LazyDecideDialog, LazyHistoryDialog } from "./verdict-panel.tsx";

/** The verdicts on the findings of a target, including findings that are in no report any more. */
export function TargetVerdicts({ host }: { readonly host: string }) {
  const messages = useMessages();
  const words = useVerdictWords();
  const { number } = useFormats();
  const [state, setState] = useState<Verdict | undefined>(undefined);
  const [page, setPage] = useState(1);
  const { data, error } = useQuery({ ...targetVerdictsQuery(host, state, page), placeholderData: keepPreviousData });
  const all = data === undefined ? 0 : verdicts.reduce((sum, one) => sum + (data.counts[one] ?? 0), 0);
  return (
    <section className="pt-8" aria-labelledby="target-verdicts">
      <h2 id="target-verdicts" className="h2 pb-1">
        {words.onTarget} <span className="counter">{number(all)}</span>
      </h2>
      {error === null ? null : <ErrorNotice heading={words.listFailed} description={describeError(messages, error)} />}
      {data !== undefined && all === 0 ? <p className="m-0 text-text-3">{words.onTargetNone}</p> : null}
      {data === undefined || all === 0 ? null : (
        <>
          <label className="filters no-print">
            {words.verdict}
            <select
              className="select"
              value={state ?? ""}
              onChange={({ target }) => {
                setState(verdicts.find((one) => one === target.value));
                setPage(1);
              }}
            >
              <option value="">{messages.targets.showAll(number(all))}</option>
              {verdicts
                .filter((one) => (data.counts[one] ?? 0) > 0)
                .map((one) => (
                  <option key={one} value={one}>
                    {messages.targets.signOption(words.states[one], number(data.counts[one] ?? 0))}
                  </option>
                ))}
            </select>
          </label>
          <ol className="plain-list compared-list">
            {data.verdicts.map((verdict) => (
              <TargetVerdict key={verdict.id} host={host} verdict={verdict} />
            ))}
          </ol>
          {data.pageCount > 1 ? (
            <ButtonPaging page={data.page} pageCount={data.pageCount} label={words.onTarget} onPage={setPage} />
          ) : null}
        </>
      )}
    </section>
  );
}

/** Splits a fingerprint into check, method, place and parameter for display. */
function placeText(fingerprint: string): { readonly item: string; readonly place: string } {
  const parts = fingerprint.split("|").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  const [item = "", method = "", url = "", parameter = ""] = parts;
  const path = URL.canParse(url) ? new URL(url).pathname : placeOf(url);
  return { item, place: [method, path, parameter].filter((part) => part !== "").join(" · ") };
}

function TargetVerdict({ host, verdict }: { readonly host: string; readonly verdict: VerdictView }) {
  const words = useVerdictWords();
  const mayDecide = useMay("verdicts.change");
  const [dialog, setDialog] = useState<"decide" | "history" | null>(null);
  const close = (): void => setDialog(null);
  const { fingerprint, state, cause, severity, seen } = verdict;
  if (fingerprint === null) return null;
  const { item, place } = placeText(fingerprint);
  return (
    <li className="compared">
      <div className="verdict-line">
        <VerdictMark state={state} cause={cause} />
        <SeverityShape severity={severity} />
        <PlainText text={item} className="strong" />
        <span className="verdict-actions no-print">
          {mayDecide ? (
            <button
              type="button"
              className="finding-copy"
              aria-haspopup="dialog"
              aria-label={words.decideOf(`${item} ${place}`)}
              onClick={() => setDialog("decide")}
            >
              {words.decide}
            </button>
          ) : null}
          <button
            type="button"
            className="finding-copy"
            aria-haspopup="dialog"
            aria-label={words.historyOf(`${item} ${place}`)}
            onClick={() => setDialog("history")}
          >
            {words.history}
          </button>
        </span>
      </div>
      <p className="compared-numbers">
        <PlainText text={place} className="mono" />
        <span className="muted">
          {seen === null ? words.gone : `${words.lastSeen}: ${words.report(seen.instanceNo)}`}
        </span>
      </p>
      <VerdictReason verdict={verdict} />
      {dialog === "decide" ? (
        <LazyDecideDialog
          host={host}
          findings={[{ fingerprint, name: `${item} ${place}`, present: verdict }]}
          onClose={close}
        />
      ) : null}
      {dialog === "history" ? <LazyHistoryDialog {...{ host, fingerprint, present: verdict }} onClose={close} /> : null}
    </li>
  );
}
