import { useQuery } from "@tanstack/react-query";
import { settingsQuery } from "../../api/status-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { FactList, FactRow } from "../../ui/fact-list.tsx";
import { PlainText } from "../../ui/plain-text.tsx";

/** Settings from the environment: they can be changed only where the service is started. */
export function EnvironmentSection() {
  const messages = useMessages();
  const { settings } = messages;
  const query = useQuery(settingsQuery);
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
        <FactList isWide className="mt-3">
          {query.data.settings.map(({ name, isSecret, isSet, value, isDefault }) => (
            <FactRow key={name}>
              <dt className="mono" translate="no">
                {name}
              </dt>
              <dd>
                {isSecret || value === null ? (
                  <span className={isSet ? undefined : "text-text-3"}>
                    {isSet ? settings.isSet : settings.isNotSet}
                  </span>
                ) : (
                  <>
                    <PlainText text={value} className="mono" />{" "}
                    {isDefault ? <span className="text-text-3">{settings.byDefault}</span> : null}
                  </>
                )}
              </dd>
            </FactRow>
          ))}
        </FactList>
      ) : null}
    </section>
  );
}
