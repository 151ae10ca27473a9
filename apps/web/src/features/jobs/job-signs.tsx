import type { JobSign } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../../messages/messages-context.tsx";

/** Why a job needs attention, beyond its status. */
export function JobSigns({ signs = [] }: { readonly signs?: readonly JobSign[] | undefined }) {
  const { jobs } = useMessages();
  const told = signs.filter((sign) => sign !== "failed" && sign !== "unknown");
  if (told.length === 0) return null;
  return <span className="block text-medium-text">{told.map((sign) => jobs.signs[sign]).join(" · ")}</span>;
}
