import type { JobSettings } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../../messages/en.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Notice } from "../../ui/notice.tsx";

/** Labels of settings that are unknown and therefore have their defaults. */
function unknownOf({ create, target }: Messages, settings: JobSettings["settings"]): string[] {
  const labels = [
    ["excludeUrls", create.excludeUrls],
    ["hosting", target.hosting],
    ["signIn", create.stepNames.signin],
    ["items", create.checks],
    ["userAgent", create.userAgent],
    ["speed", create.speed],
  ] as const;
  return labels.filter(([name]) => settings[name] === undefined).map(([, label]) => label);
}

/** The source of values prefilled from an earlier job, and which of them are unknown. */
export function PrefillNote({ settings, source }: JobSettings) {
  const messages = useMessages();
  const { create } = messages;
  const unknown = unknownOf(messages, settings);
  const hasSignIn = settings.signIn?.kind === "headers" || settings.signIn?.kind === "form";
  const sentences = [
    create.prefilled[source],
    ...(unknown.length === 0 ? [] : [create.prefillUnknown(unknown.join(" · "))]),
    ...(hasSignIn ? [create.prefillSecrets] : []),
  ];
  return (
    <Notice>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Notice>
  );
}
