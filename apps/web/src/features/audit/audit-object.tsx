import { Link } from "@tanstack/react-router";
import { PlainText } from "../../ui/plain-text.tsx";

/** The object of an action, linked where there is a page for it. */
export function AuditObject({ object }: { readonly object: string }) {
  const [kind, id = "", ...rest] = object.split("/");
  if (kind === "job" && /^[0-9]{1,20}$/.test(id)) {
    return (
      <Link to={rest[0] === "report" ? "/jobs/$instanceNo/report" : "/jobs/$instanceNo"} params={{ instanceNo: id }}>
        <span className="mono">{object}</span>
      </Link>
    );
  }
  if (kind === "schedule" && /^[0-9a-z-]{1,64}$/.test(id)) {
    return (
      <Link to="/schedules/$id" params={{ id }}>
        <span className="mono">{object}</span>
      </Link>
    );
  }
  return <PlainText text={object} className="mono" />;
}
