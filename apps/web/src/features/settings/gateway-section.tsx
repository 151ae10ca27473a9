import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  describeEvidence,
  describeFactValue,
  type FactState,
  factTextsIn,
  type GatewayFacts,
  type GatewayProbe,
} from "@wsc-dashboard/wsc-core";
import { factsQuery, probeGateway } from "../../api/gateway-queries.ts";
import { useMay } from "../../api/session-query.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { Notice } from "../../ui/notice.tsx";
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
      <h2 id="gateway-title" className="text-h2 mt-9 mb-2">
        {settings.gateway}
      </h2>
      <p className="max-w-168 text-text-2">{settings.gatewayNote}</p>
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
        <Notice role="status" as="p" tone="medium">
          {settings.gatewayContradiction}
        </Notice>
      ) : null}
      <p className="mt-2 mb-1 text-text-3">
        {settings.factCounts(count("proven"), count("refuted"), count("assumed"))}
      </p>
      <ul>
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
  const evidence = describeEvidence(fact, language);
  const stateWord = settings.factStates[state];
  return (
    <StateLine tone={tones[state]}>
      <span className="flex flex-wrap gap-x-2.5">
        <span className="font-bold">{factTextsIn(language)[name]}</span>
        <span className={state === "proven" ? "text-text-3" : undefined}>
          {evidence === "" ? stateWord : shell.labelled(stateWord, evidence)}
        </span>
      </span>
      {state === "proven" ? null : <span className="block">{settings.factLimits[name]}</span>}
      {since === null || source === null ? null : (
        <span className="block text-text-3">
          {settings.factSince(exact(since), settings.factSources[source])}
          {earlier === null ? null : ` ${settings.factEarlier(describeFactValue(earlier, language))}`}
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
      <p className="max-w-168 text-text-2 mt-4">{settings.probeNote}</p>
      <Actions className="mt-4 mb-2">
        <Button inert={probe.isPending} onClick={() => probe.mutate()}>
          {probe.isPending ? settings.probing : settings.probe}
        </Button>
        <span className="text-text-3">{settings.probeDuration}</span>
      </Actions>
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
    <Actions className="mt-4 mb-2">
      <Button onClick={save}>{settings.saveRecording}</Button>
      <span className="text-text-3">{settings.probeCalls(number(calls))}</span>
    </Actions>
  );
}
