import { Link } from "@tanstack/react-router";
import type { Target } from "@wsc-dashboard/wsc-core";
import { PlainText } from "../../ui/plain-text.tsx";

export const detailLineClass = "flex flex-wrap items-baseline gap-x-2 gap-y-0.5 font-normal text-text-2";

/** A tag, linked to the targets that have it. */
export function TagLink({ tag }: { readonly tag: string }) {
  return (
    <Link
      className="max-w-48 truncate rounded-sm border border-hairline px-1.5 py-0.5 text-text-2 no-underline hover:text-text hover:underline in-[.table]:max-w-36"
      to="/targets"
      search={{ tag }}
    >
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
    <div className={detailLineClass}>
      {Object.entries({ service, owner }).map(([name, text]) =>
        text === null ? null : (
          <span
            key={name}
            className="max-w-64 truncate [&+&]:before:me-2 [&+&]:before:content-['·'] in-[.table]:max-w-36"
          >
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
