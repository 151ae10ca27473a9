import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  describeEvidence,
  type FactState,
  factTextsIn,
  factValuesIn,
  type GatewayFacts,
  type GatewayProbe,
} from "@wsc-dashboard/wsc-core";
import { factsQuery, probeGateway } from "../../api/gateway-queries.ts";
import { useMay } from "../../api/session-query.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { StateLine } from "./state-line.tsx";

/** The facts that the account's gateway has shown on points its documents leave open, and what the unknown ones limit. */
export function GatewaySection() {
  const messages = useMessages();
  const { settings } = messages;
  const mayProbe = useMay("gateway.probe");
  const query = useQuery(factsQuery);
  return (
    <section aria-labelledby="gateway-title">
      <h2 id="gateway-title" className="h2 section-title">
        {settings.gateway}
      </h2>
      <p className="hint">{settings.gatewayNote}</p>
      {query.isError ? (
        <ErrorNotice
          heading={settings.gatewayFailed}
          description={describeError(messages, query.error)}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {query.data ? <FactList facts={query.data.facts} /> : null}
      {mayProbe ? <ProbePart /> : null}
    </section>
  );
}

type Fact = GatewayFacts["facts"][number];

const tones = { proven: "good", refuted: "warning", assumed: "unknown" } as const satisfies Record<FactState, string>;

function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  const { settings } = useMessages();
  const { number } = useFormats();
  const count = (state: FactState): string => number(facts.filter((fact) => fact.state === state).length);
  return (
    <>
      {facts.some(({ earlier }) => earlier !== null) ? (
        <p className="note note-medium" role="status">
          {settings.gatewayContradiction}
        </p>
      ) : null}
      <p className="muted">{settings.factCounts(count("proven"), count("refuted"), count("assumed"))}</p>
      <ul className="plain-list">
        {facts.map((fact) => (
          <FactLine key={fact.name} fact={fact} />
        ))}
      </ul>
    </>
  );
}

function FactLine({ fact }: { readonly fact: Fact }) {
  const { settings, shell } = useMessages();
  const { exact, language } = useFormats();
  const { name, state, source, since, earlier } = fact;
  const values = factValuesIn(language);
  const evidence = describeEvidence(fact, values);
  const stateWord = settings.factStates[state];
  return (
    <StateLine tone={tones[state]}>
      <span className="fact-head">
        <span className="strong">{factTextsIn(language)[name]}</span>
        <span className={state === "proven" ? "muted" : undefined}>
          {evidence === "" ? stateWord : shell.labelled(stateWord, evidence)}
        </span>
      </span>
      {state === "proven" ? null : <span className="fact-limit">{settings.factLimits[name]}</span>}
      {since === null || source === null ? null : (
        <span className="fact-limit muted">
          {settings.factSince(exact(since), settings.factSources[source])}
          {earlier === null ? null : ` ${settings.factEarlier(values[earlier] ?? earlier)}`}
        </span>
      )}
    </StateLine>
  );
}

/** For administrators: records how the account's gateway responds, as a file that may be passed on. */
function ProbePart() {
  const messages = useMessages();
  const { settings } = messages;
  const client = useQueryClient();
  const probe = useMutation({
    mutationFn: probeGateway,
    onSettled: () => client.invalidateQueries({ queryKey: factsQuery.queryKey }),
  });
  return (
    <>
      <p className="hint fact-probe">{settings.probeNote}</p>
      <div className="actions settings-test">
        <Button inert={probe.isPending} onClick={() => probe.mutate()}>
          {probe.isPending ? settings.probing : settings.probe}
        </Button>
        <span className="muted">{settings.probeDuration}</span>
      </div>
      <div role="status">{probe.data ? <ProbeOutcome result={probe.data} /> : null}</div>
      {probe.isError ? (
        <ErrorNotice heading={settings.probeFailed} description={describeError(messages, probe.error)} isAlert />
      ) : null}
    </>
  );
}

function ProbeOutcome({ result: { fileName, recording, calls } }: { readonly result: GatewayProbe }) {
  const { settings } = useMessages();
  const { number } = useFormats();
  const save = (): void =>
    saveFile({ fileName, mediaType: "application/json", content: new TextEncoder().encode(recording) });
  return (
    <div className="actions settings-test">
      <Button onClick={save}>{settings.saveRecording}</Button>
      <span className="muted">{settings.probeCalls(number(calls))}</span>
    </div>
  );
}
