import { Fragment } from "react";
import { useMessages } from "../messages/messages-context.tsx";
import { PlainText } from "../ui/plain-text.tsx";
import type { JobFact } from "./job-summary.ts";

/** The rows of a job request's summary, for use inside a `dl`. */
export function JobFactList({ facts }: { readonly facts: readonly JobFact[] }) {
  return facts.map((fact) => (
    <Fragment key={fact.label}>
      <dt>{fact.label}</dt>
      <dd className={fact.lineClass}>
        <FactValues fact={fact} />
      </dd>
    </Fragment>
  ));
}

function FactValues({ fact: { values, isTyped, isList, valueClass } }: { readonly fact: JobFact }) {
  const { create } = useMessages();
  if (values.length === 0) return create.none;
  const shown = (value: string) => (isTyped ? <PlainText text={value} className={valueClass} /> : value);
  if (!isList) return values.map(shown);
  return (
    <ul>
      {values.map((value, index) => (
        <li key={`${index} ${value}`}>{shown(value)}</li>
      ))}
    </ul>
  );
}
