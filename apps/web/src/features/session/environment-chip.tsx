import type { Session } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../../messages/messages-context.tsx";

/** Names the gateway, so that the emulator and the real one are not confused. */
export function EnvironmentChip({ upstream }: { readonly upstream: Session["upstream"] }) {
  const { shell } = useMessages();
  const text = upstream.emulator ? shell.emulator(upstream.host) : shell.environment[upstream.environment];
  return (
    <span className={upstream.emulator ? "chip chip-emulator" : "chip"}>
      <span className="visually-hidden">{`${shell.environmentLabel}: `}</span>
      <span translate="no">{upstream.environment === "custom" && !upstream.emulator ? upstream.host : text}</span>
      {upstream.emulator ? <span className="visually-hidden">{` ${shell.emulatorNote}`}</span> : null}
    </span>
  );
}
