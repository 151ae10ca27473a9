import { useQuery } from "@tanstack/react-query";
import { useMay } from "../../api/session-query.ts";
import { statusQuery } from "../../api/status-queries.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { useDocumentTitle } from "../../ui/hooks.ts";
import { PageHead } from "../../ui/page-head.tsx";
import { QueryState } from "../../ui/query-state.tsx";
import { IssueTemplateSection } from "../../verdicts/issue-template-section.tsx";
import { AutomationSection } from "./automation-section.tsx";
import { ConnectionSection } from "./connection-section.tsx";
import { EnvironmentSection } from "./environment-section.tsx";
import { GatewaySection } from "./gateway-section.tsx";
import { HealthSection } from "./health-section.tsx";
import { NotificationSection } from "./notification-section.tsx";
import { OwnNotificationSection } from "./own-notification-section.tsx";

/** Connection, health, and for administrators the settings from the environment. */
export function SettingsPage() {
  const { settings, shell } = useMessages();
  const query = useQuery(statusQuery);
  const mayReadSettings = useMay("status.settings");
  const mayManageChannels = useMay("channels.list");
  const mayManageTokens = useMay("tokens.list");
  const maySetTracker = useMay("issueTemplate.save");
  useDocumentTitle(settings.title, shell.product);
  return (
    <>
      <PageHead>
        <h1 className="text-h1">{settings.title}</h1>
      </PageHead>
      <QueryState query={query} failedTitle={settings.failedTitle} />
      {query.data ? (
        <>
          <ConnectionSection upstream={query.data.upstream} />
          <GatewaySection />
          <HealthSection status={query.data} />
        </>
      ) : null}
      <OwnNotificationSection />
      {mayManageChannels ? <NotificationSection /> : null}
      {mayManageTokens ? <AutomationSection /> : null}
      {maySetTracker ? <IssueTemplateSection /> : null}
      {mayReadSettings ? <EnvironmentSection /> : null}
    </>
  );
}
