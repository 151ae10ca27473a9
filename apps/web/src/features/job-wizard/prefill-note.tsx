import type { JobSettings } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../../messages/en.ts";
import { useMessages } from "../../messages/messages-context.tsx";

/** Settings that begin as they usually do when nobody knows them, by their labels. */
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

/** Where the values come from that an earlier job has filled in, and which of them nobody knows. */
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
    <div className="note">
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}
