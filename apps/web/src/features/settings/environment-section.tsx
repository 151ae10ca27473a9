import { useQuery } from "@tanstack/react-query";
import type { Output, statusEndpoints } from "@wsc-dashboard/wsc-core";
import { settingsQuery } from "../../api/status-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { FactList, FactRow } from "../../ui/fact-list.tsx";
import { PlainText } from "../../ui/plain-text.tsx";

type Setting = Output<typeof statusEndpoints.settings>["settings"][number];

/** Settings from the environment, those that are set first: they can be changed only where the service is started. */
export function EnvironmentSection() {
  const messages = useMessages();
  const { settings } = messages;
  const { number } = useFormats();
  const query = useQuery(settingsQuery);
  const all = query.data?.settings ?? [];
  const others = all.filter(({ isSet }) => !isSet);
  return (
    <section aria-labelledby="environment-title">
      <h2 id="environment-title" className="text-h2 mt-9 mb-2">
        {settings.fixed}
      </h2>
      <p className="max-w-168 text-text-2">{settings.fixedNote}</p>
      {query.isError ? (
        <ErrorNotice
          heading={settings.fixedFailed}
          description={describeError(messages, query.error)}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {query.data ? (
        <>
          <Settings settings={all.filter(({ isSet }) => isSet)} />
          <details className="mt-3">
            <summary className="inline-block cursor-pointer py-0.5 text-accent">
              {settings.fixedOthers(others.length, number(others.length))}
            </summary>
            <Settings settings={others} />
          </details>
        </>
      ) : null}
    </section>
  );
}

function Settings({ settings }: { readonly settings: readonly Setting[] }) {
  return (
    <FactList isWide className="mt-3">
      {settings.map((setting) => (
        <FactRow key={setting.name}>
          <dt className="mono" translate="no">
            {setting.name}
          </dt>
          <dd>
            <SettingText setting={setting} />
          </dd>
        </FactRow>
      ))}
    </FactList>
  );
}

/** The value as it is written, a duration in words as well; of a secret only whether there is one. */
function SettingText({ setting: { name, isSecret, isSet, value, isDefault } }: { readonly setting: Setting }) {
  const { settings } = useMessages();
  const { duration } = useFormats();
  if (isSecret || value === null) {
    return <span className={isSet ? undefined : "text-text-3"}>{isSet ? settings.isSet : settings.isNotSet}</span>;
  }
  const ms = name.endsWith("_MS") && /^[1-9][0-9]*000$/.test(value) ? Number(value) : null;
  return (
    <>
      <PlainText text={value} className="mono" />
      {ms === null ? null : <span className="ms-3">{duration(ms)}</span>}
      {isDefault ? <span className="ms-3 text-text-3">{settings.byDefault}</span> : null}
    </>
  );
}
