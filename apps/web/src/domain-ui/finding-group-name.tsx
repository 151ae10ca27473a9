import { type Severity, severities } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../messages/messages-context.tsx";
import { withVisibleControls } from "../ui/plain-text.tsx";
import type { Grouping } from "./finding-groups.ts";

interface FindingGroupNameProps {
  readonly grouping: Grouping;
  /** The group's name as the group has it. */
  readonly name: string;
}

/** The heading of a group: a severity in the person's language, anything else as in the report. */
export function FindingGroupName({ grouping, name }: FindingGroupNameProps) {
  const { report } = useMessages();
  if (grouping === "severity") {
    const severity = severities.find((known): known is Severity => known === name);
    return <>{report.severityName[severity ?? "none"]}</>;
  }
  return <bdi translate="no">{name === "" ? report.noDomain : withVisibleControls(name)}</bdi>;
}
