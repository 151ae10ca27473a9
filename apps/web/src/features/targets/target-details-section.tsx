import { Link } from "@tanstack/react-router";
import type { Target } from "@wsc-dashboard/wsc-core";
import { type ReactNode, useState } from "react";
import { useMay } from "../../api/session-query.ts";
import { useFormats } from "../../messages/messages-context.tsx";
import { useTargetDetailWords } from "../../messages/use-target-detail-words.ts";
import { Button } from "../../ui/button.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { DescribeDialog } from "./describe-dialog.tsx";
import { detailLineClass, TagLink } from "./detail-line.tsx";

/** The details that people have entered for a target. */
export function TargetDetailsSection({ target: { host, details } }: { readonly target: Target }) {
  const words = useTargetDetailWords();
  const { dateTime } = useFormats();
  const mayDescribe = useMay("targets.describe");
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="py-2" aria-labelledby="target-details">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 pb-1">
        <h2 id="target-details" className="text-h2">
          {words.section}
        </h2>
        {mayDescribe ? (
          <span className="print:hidden">
            <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
              {details === null ? words.add : words.edit}
            </Button>
          </span>
        ) : null}
      </div>
      {details === null ? (
        <p className="m-0 text-text-3">{words.none}</p>
      ) : (
        <>
          <dl className="m-0 grid grid-cols-2 gap-x-8 gap-y-2 lg:grid-cols-4 [&_dt]:text-text-3 [&_dd]:m-0">
            <Fact name={words.service}>
              {details.service === null ? null : (
                <Link className="inline-block py-0.5" to="/targets" search={{ service: details.service }}>
                  <PlainText text={details.service} />
                </Link>
              )}
            </Fact>
            <Fact name={words.owner}>
              {details.owner === null ? null : (
                <Link className="inline-block py-0.5" to="/targets" search={{ owner: details.owner }}>
                  <PlainText text={details.owner} />
                </Link>
              )}
            </Fact>
            <Fact name={words.tags}>
              {details.tags.length === 0 ? null : (
                <span className={detailLineClass}>
                  {details.tags.map((tag) => (
                    <TagLink key={tag} tag={tag} />
                  ))}
                </span>
              )}
            </Fact>
            <Fact name={words.note}>
              {details.note === null ? null : (
                <span className="whitespace-pre-line">
                  <PlainText text={details.note} />
                </span>
              )}
            </Fact>
          </dl>
          <p className="m-0 pt-2 text-text-3">{words.changed(details.updatedBy, dateTime(details.updatedAt))}</p>
        </>
      )}
      {isOpen ? <DescribeDialog host={host} details={details} onClose={() => setOpen(false)} /> : null}
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children ?? <span className="text-text-3">–</span>}</dd>
    </div>
  );
}
