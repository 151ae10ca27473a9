import { useQuery } from "@tanstack/react-query";
import { settingsQuery } from "../../api/status-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { PlainText } from "../../ui/plain-text.tsx";

/** Settings from the environment: they can be changed only where the service is started. */
export function EnvironmentSection() {
  const messages = useMessages();
  const { settings } = messages;
  const query = useQuery(settingsQuery);
  return (
    <section aria-labelledby="environment-title">
      <h2 id="environment-title" className="h2 section-title">
        {settings.fixed}
      </h2>
      <p className="hint">{settings.fixedNote}</p>
      {query.isError ? (
        <ErrorNotice
          heading={settings.fixedFailed}
          description={describeError(messages, query.error)}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {query.data ? (
        <dl className="facts facts-wide settings-fixed">
          {query.data.settings.map(({ name, isSecret, isSet, value, isDefault }) => (
            <div key={name} className="facts-row">
              <dt className="mono" translate="no">
                {name}
              </dt>
              <dd>
                {isSecret || value === null ? (
                  <span className={isSet ? undefined : "muted"}>{isSet ? settings.isSet : settings.isNotSet}</span>
                ) : (
                  <>
                    <PlainText text={value} className="mono" />{" "}
                    {isDefault ? <span className="muted">{settings.byDefault}</span> : null}
                  </>
                )}
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </section>
  );
}
