import { useMutation } from "@tanstack/react-query";
import type { GatewayProbe, ProbeFactState } from "@wsc-dashboard/wsc-core";
import { useMay } from "../../api/session-query.ts";
import { probeGateway } from "../../api/status-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { StateLine } from "./state-line.tsx";

/** For administrators: how the account's gateway answers, recorded into a file that may be given away. */
export function GatewaySection() {
  const messages = useMessages();
  const { settings } = messages;
  const mayProbe = useMay("gateway.probe");
  const probe = useMutation({ mutationFn: probeGateway });
  if (!mayProbe) return null;
  return (
    <section aria-labelledby="gateway-title">
      <h2 id="gateway-title" className="h2 section-title">
        {settings.gateway}
      </h2>
      <p className="hint">{settings.probeNote}</p>
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
    </section>
  );
}

const tones = { proven: "good", refuted: "warning", open: "unknown" } as const satisfies Record<ProbeFactState, string>;

function ProbeOutcome({ result: { fileName, recording, calls, facts } }: { readonly result: GatewayProbe }) {
  const { settings } = useMessages();
  const { number } = useFormats();
  const save = (): void =>
    saveFile({ fileName, mediaType: "application/json", content: new TextEncoder().encode(recording) });
  return (
    <>
      <div className="actions settings-test">
        <Button onClick={save}>{settings.saveRecording}</Button>
        <span className="muted">{settings.probeCalls(number(calls))}</span>
      </div>
      <ul className="plain-list">
        {facts.map((fact) => (
          <StateLine key={fact.name} tone={tones[fact.state]}>
            {settings.probeFact(fact)}
          </StateLine>
        ))}
      </ul>
    </>
  );
}
