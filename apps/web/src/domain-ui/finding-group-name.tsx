import { type Severity, severities } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../messages/messages-context.tsx";
import { withVisibleControls } from "../ui/plain-text.tsx";
import type { Grouping } from "./finding-groups.ts";

interface FindingGroupNameProps {
  readonly grouping: Grouping;
  /** As the group has it. */
  readonly name: string;
}

/** The heading of a group: a risk in the person's words, anything else as the report has it. */
export function FindingGroupName({ grouping, name }: FindingGroupNameProps) {
  const { report } = useMessages();
  if (grouping === "severity") {
    const severity = severities.find((known): known is Severity => known === name);
    return <>{report.severityName[severity ?? "none"]}</>;
  }
  return <bdi translate="no">{name === "" ? report.noDomain : withVisibleControls(name)}</bdi>;
}
