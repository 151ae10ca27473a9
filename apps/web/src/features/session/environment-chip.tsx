import type { Session } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../../messages/messages-context.tsx";

/** Which gateway a click would reach: nobody should mistake an emulator for the real thing, or the other way round. */
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
