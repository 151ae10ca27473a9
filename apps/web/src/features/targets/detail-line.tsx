import { Link } from "@tanstack/react-router";
import type { Target } from "@wsc-dashboard/wsc-core";
import { PlainText } from "../../ui/plain-text.tsx";

/** A tag, linked to the targets that have it. */
export function TagLink({ tag }: { readonly tag: string }) {
  return (
    <Link className="tag" to="/targets" search={{ tag }}>
      <PlainText text={tag} />
    </Link>
  );
}

/** Owner and service of a target, in one line below its name. */
export function DetailLine({ details }: Pick<Target, "details">) {
  if (details === null) return null;
  const { service, owner, tags } = details;
  if (service === null && owner === null && tags.length === 0) return null;
  return (
    <div className="detail-line">
      {Object.entries({ service, owner }).map(([name, text]) =>
        text === null ? null : (
          <span key={name} className="detail-part">
            <PlainText text={text} />
          </span>
        ),
      )}
      {tags.map((tag) => (
        <TagLink key={tag} tag={tag} />
      ))}
    </div>
  );
}
