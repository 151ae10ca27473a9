import type { Session } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../../messages/messages-context.tsx";

/** Names the gateway, so that the emulator and the real one are not confused. */
export function EnvironmentChip({ upstream }: { readonly upstream: Session["upstream"] }) {
  const { shell } = useMessages();
  const isUnnamed = upstream.environment === "custom" && !upstream.emulator;
  const name = upstream.emulator ? shell.emulator : shell.environment[upstream.environment];
  return (
    <span
      className={`relative inline-block max-w-72 min-w-0 truncate rounded-sm border border-control px-2 py-px text-text-2 ${upstream.emulator ? "border-dashed" : ""}`}
    >
      <span className="sr-only">{`${shell.environmentLabel}: `}</span>
      <span translate="no">
        {isUnnamed ? upstream.host : name}
        {upstream.emulator ? <span className="max-sm:sr-only lg:max-xl:sr-only">{` · ${upstream.host}`}</span> : null}
      </span>
      {upstream.emulator ? <span className="sr-only">{` ${shell.emulatorNote}`}</span> : null}
    </span>
  );
}
