import { useQuery } from "@tanstack/react-query";
import type { Session } from "@wsc-dashboard/wsc-core";
import { useFormContext, useWatch } from "react-hook-form";
import { jobSettingsQuery } from "../../api/job-settings-query.ts";
import { useLatestJobOf } from "../../api/recent-jobs.ts";
import { useSession } from "../../api/session-query.ts";
import { focusField } from "../../job-fields/focus-field.ts";
import { itemsLabel, speedLabel, userAgentLabel } from "../../job-fields/job-value-labels.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { WizardValues } from "./wizard-values.ts";

const settingNames = ["items", "userAgent", "speed"] as const;

const asSet = (value: string | readonly string[]): string =>
  typeof value === "string" ? value : [...value].sort().join("\n");

/** The report of a job ordered with all checks names each of them; such a list is shown as "all". */
function withAll(items: readonly string[] | undefined, known: Session["items"]): readonly string[] | undefined {
  return items !== undefined && known.every(({ word }) => word === "ALL" || items.includes(word)) ? ["ALL"] : items;
}

/**
 * Offers the checks of the host's latest job where they differ from the form's. Not applied automatically, because nobody should
 * pay for fewer checks than the form seems to promise.
 */
export function EarlierChecks() {
  const messages = useMessages();
  const { create } = messages;
  const formats = useFormats();
  const session = useSession();
  const { setValue, control } = useFormContext<WizardValues>();
  const [startUrl, rescanOf] = useWatch({ control, name: ["startUrl", "rescanOf"] });
  const now = useWatch({ control, name: settingNames });
  const latest = useLatestJobOf(startUrl.trim());
  const origin =
    latest === undefined || rescanOf !== undefined ? null : ({ kind: "job", instanceNo: latest.instanceNo } as const);
  const { data } = useQuery(jobSettingsQuery(origin));
  if (data === undefined || latest === undefined) return null;
  const { userAgent, speed } = data.settings;
  const items = withAll(data.settings.items, session.items);
  const known = [items, userAgent, speed];
  const differing = settingNames.filter((_, index) => {
    const [theirs, ours] = [known[index], now[index]];
    return theirs !== undefined && ours !== undefined && asSet(theirs) !== asSet(ours);
  });
  if (differing.length === 0) return null;
  const words = [
    ...(items === undefined ? [] : [itemsLabel(messages, items)]),
    ...(userAgent === undefined ? [] : [userAgentLabel(messages, userAgent)]),
    ...(speed === undefined ? [] : [speedLabel(messages, speed).name]),
  ];
  const take = (): void => {
    const options = { shouldDirty: true, shouldTouch: true, shouldValidate: true } as const;
    if (items !== undefined) setValue("items", [...items], options);
    if (userAgent !== undefined) setValue("userAgent", userAgent, options);
    if (speed !== undefined) setValue("speed", speed, options);
    // The pressed button is gone.
    focusField("items");
  };
  const started = latest.startedAt === null ? latest.instanceNo : formats.zoned(latest.startedAt);
  return (
    <Notice>
      <p>{create.earlierChecks(started, words.join(" · "))}</p>
      <Actions className="mt-2">
        <Button onClick={take}>{create.takeEarlierChecks}</Button>
      </Actions>
    </Notice>
  );
}
