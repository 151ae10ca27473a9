import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ConnectionTest, clockLimits, type Status } from "@wsc-dashboard/wsc-core";
import { useMay, useSession } from "../../api/session-query.ts";
import { testConnection } from "../../api/status-queries.ts";
import { describeError, errorTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { StateLine } from "./state-line.tsx";

/** The account that this dashboard uses, and whether the upstream accepts it. */
export function ConnectionSection({ upstream }: { readonly upstream: Status["upstream"] }) {
  const { settings, shell } = useMessages();
  const formats = useFormats();
  const mayTest = useMay("status.test");
  const { emulator } = useSession().upstream;
  const { environment, origin, accessKeyEnd, clockSkewMs, lastSuccessAt, failure, paused } = upstream;
  return (
    <section aria-labelledby="connection-title">
      <h2 id="connection-title" className="text-h2 mt-9 mb-2">
        {settings.connection}
      </h2>
      <FactList isWide>
        <dt>{settings.environment}</dt>
        <dd>
          {shell.environment[environment]}
          {emulator ? ` · ${shell.emulatorNote}` : null}
        </dd>
        <dt>{settings.origin}</dt>
        <dd>
          <PlainText text={origin} className="mono" />
        </dd>
        {accessKeyEnd === null ? null : (
          <>
            <dt>{settings.accessKey}</dt>
            <dd>
              <span className="mono" translate="no">{`…${accessKeyEnd}`}</span>
            </dd>
          </>
        )}
        <dt>{settings.clock}</dt>
        <dd>
          <ClockText skewMs={clockSkewMs} />
        </dd>
        <dt>{settings.lastSuccess}</dt>
        <dd>{lastSuccessAt === null ? settings.never : formats.zoned(lastSuccessAt)}</dd>
      </FactList>
      {paused.map(({ kind, retryAt }) => (
        <Notice key={kind} role="status" as="p" tone="medium">
          {settings.paused[kind](formats.zoned(retryAt))}
        </Notice>
      ))}
      {failure === null ? null : <FailureNote code={failure.code} at={failure.at} />}
      {mayTest ? <ConnectionTestPart /> : null}
    </section>
  );
}

function ClockText({ skewMs }: { readonly skewMs: number | null }) {
  const { settings } = useMessages();
  const { number } = useFormats();
  if (skewMs === null) return settings.clockUnknown;
  const seconds = number(Math.round(Math.abs(skewMs) / 1000));
  if (skewMs === 0) return settings.clockRight;
  const text = skewMs > 0 ? settings.clockBehind(seconds) : settings.clockAhead(seconds);
  return Math.abs(skewMs) < clockLimits.warnMs ? text : <span className="font-bold text-medium-text">{text}</span>;
}

function FailureNote({ code, at }: { readonly code: string; readonly at: string }) {
  const messages = useMessages();
  const formats = useFormats();
  const { title, next } = errorTextOf(messages, code);
  return (
    <Notice tone="high">
      <p className="font-bold">{messages.settings.lastFailure(formats.zoned(at))}</p>
      <p>
        {messages.shell.sentences(title, next)}
        <span className="text-text-3" translate="no">
          {formats.bracketed(code)}
        </span>
      </p>
    </Notice>
  );
}

function ConnectionTestPart() {
  const messages = useMessages();
  const { settings } = messages;
  const client = useQueryClient();
  const test = useMutation({
    mutationFn: testConnection,
    onSettled: () => client.invalidateQueries({ queryKey: ["status", "now"] }),
  });
  return (
    <>
      <Actions className="mt-4 mb-2">
        <Button inert={test.isPending} onClick={() => test.mutate()}>
          {test.isPending ? settings.testing : settings.test}
        </Button>
        <span className="text-text-3">{settings.testNote}</span>
      </Actions>
      <div role="status">{test.data ? <TestSteps result={test.data} /> : null}</div>
      {test.isError ? (
        <ErrorNotice heading={settings.testFailed} description={describeError(messages, test.error)} isAlert />
      ) : null}
    </>
  );
}

const tones = { passed: "good", failed: "bad", skipped: "unknown" } as const;

function TestSteps({ result }: { readonly result: ConnectionTest }) {
  const messages = useMessages();
  const { settings, shell } = messages;
  const formats = useFormats();
  return (
    <ol>
      {result.steps.map(({ step, result: outcome, code }) => {
        const reason = code === undefined ? null : errorTextOf(messages, code);
        return (
          <StateLine key={step} tone={tones[outcome]}>
            <span className="font-bold">{shell.labelled(settings.steps[step], settings.outcomes[outcome])}</span>
            {reason === null || code === undefined ? null : (
              <>
                {" "}
                {shell.sentences(reason.title, reason.next)}
                <span className="text-text-3" translate="no">
                  {formats.bracketed(code)}
                </span>
              </>
            )}
          </StateLine>
        );
      })}
    </ol>
  );
}
