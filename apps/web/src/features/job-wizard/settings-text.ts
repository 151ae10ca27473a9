import { type HandOverSetting, handOverOf } from "@wsc-dashboard/wsc-core";
import { itemsLabel, signInLabel, speedLabel, userAgentLabel } from "../../job-fields/job-value-labels.ts";
import { startTimeText } from "../../job-fields/start-time.ts";
import type { Messages } from "../../messages/en.ts";
import type { Formats } from "../../messages/formats.ts";
import type { WizardValues } from "./wizard-values.ts";

/** Every setting as text lines, to be entered by hand elsewhere. Contains no sign-in values. */
export function settingsText(messages: Messages, formats: Formats, values: WizardValues): string {
  const { create, shell } = messages;
  const { items, userAgent, speed, signIn, when } = values;
  const labels: Readonly<Record<HandOverSetting, string>> = {
    startUrl: create.startUrl,
    excludeUrls: create.excludeUrls,
    signIn: create.signInKind,
    items: create.checks,
    userAgent: create.userAgent,
    speed: create.speed,
    when: create.whenKind,
    memo: create.memo,
  };
  /** Settings that are shown in words instead of by their wire value. */
  const inWords: Partial<Record<HandOverSetting, string>> = {
    items: itemsLabel(messages, items),
    userAgent: userAgentLabel(messages, userAgent),
    speed: speedLabel(messages, speed).name,
    when: startTimeText(messages, formats, when),
  };
  return handOverOf(asJob(values))
    .map(({ setting, values: entered }) => {
      if (setting === "signIn") {
        return shell.labelled(labels.signIn, [signInLabel(messages, formats, signIn), ...entered].join("\n  "));
      }
      const text = inWords[setting] ?? (entered.length === 1 ? entered[0] : ["", ...entered].join("\n  "));
      return shell.labelled(labels[setting], text ?? "");
    })
    .join("\n");
}

type Job = Parameters<typeof handOverOf>[0];

/** The values as a job, whether complete or not. */
function asJob({ startUrl, when, ...rest }: WizardValues): Job {
  return {
    ...rest,
    startUrl: startUrl.trim(),
    userAgent: rest.userAgent as Job["userAgent"],
    speed: rest.speed as Job["speed"],
    when: when.kind === "repeat" ? { kind: "now" } : when,
  };
}
