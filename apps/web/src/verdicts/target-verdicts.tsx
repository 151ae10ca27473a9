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
import { Select } from "../ui/control.tsx";
import { Counter } from "../ui/counter.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { faintButtonClass } from "../ui/faint-button.ts";
import { longListClass, longListItemClass } from "../ui/long-list.ts";
import { PlainText } from "../ui/plain-text.tsx";
import { verdictLineClass } from "./verdict-classes.ts";
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
      <h2 id="target-verdicts" className="text-h2 pb-1">
        {words.onTarget} <Counter>{number(all)}</Counter>
      </h2>
      {error === null ? null : <ErrorNotice heading={words.listFailed} description={describeError(messages, error)} />}
      {data !== undefined && all === 0 ? <p className="m-0 text-text-3">{words.onTargetNone}</p> : null}
      {data === undefined || all === 0 ? null : (
        <>
          <div className="flex flex-wrap items-center gap-x-5 gap-y-2 py-3 print:hidden">
            <label htmlFor="verdict-filter">{words.verdict}</label>
            <Select
              id="verdict-filter"
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
            </Select>
          </div>
          <ol className={longListClass}>
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
    <li className={longListItemClass}>
      <div className={verdictLineClass}>
        <VerdictMark state={state} cause={cause} />
        <SeverityShape severity={severity} />
        <PlainText text={item} className="font-bold" />
        <span className={`${verdictLineClass} print:hidden`}>
          {mayDecide ? (
            <button
              type="button"
              className={faintButtonClass}
              aria-haspopup="dialog"
              aria-label={words.decideOf(`${item} ${place}`)}
              onClick={() => setDialog("decide")}
            >
              {words.decide}
            </button>
          ) : null}
          <button
            type="button"
            className={faintButtonClass}
            aria-haspopup="dialog"
            aria-label={words.historyOf(`${item} ${place}`)}
            onClick={() => setDialog("history")}
          >
            {words.history}
          </button>
        </span>
      </div>
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <PlainText text={place} className="mono" />
        <span className="text-text-3">
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
