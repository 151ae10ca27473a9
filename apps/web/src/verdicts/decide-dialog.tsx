import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Verdict, type VerdictView, verdicts } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { useSession } from "../api/session-query.ts";
import { changeVerdicts } from "../api/verdict-queries.ts";
import { ChoiceGroup } from "../forms/choice-group.tsx";
import { Field } from "../forms/field.tsx";
import { FormDialog } from "../forms/form-dialog.tsx";
import { OwnerField } from "../forms/owner-field.tsx";
import { describeError, fieldTextOf } from "../messages/error-text.ts";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { useVerdictWords } from "../messages/verdict-words.ts";
import { Input, TextArea } from "../ui/control.tsx";
import { ErrorNotice, errorNoticeClass, errorNoticeTitleClass } from "../ui/error-notice.tsx";
import { useToast } from "../ui/toaster.tsx";
import {
  codesAt,
  type DecisionField,
  type DecisionValues,
  decisionOf,
  initialValues,
  isRequired,
  missingFields,
} from "./decision-values.ts";
import { VerdictMark } from "./verdict-mark.tsx";

/** A finding to decide, with the verdict that the person saw. */
export interface FindingToDecide {
  readonly fingerprint: string;
  /** Its name on the page. */
  readonly name: string;
  readonly present: VerdictView | undefined;
}

export interface DecideDialogProps {
  readonly host: string;
  readonly instanceNo?: string | undefined;
  /** The earliest selectable day. */
  readonly today?: string | undefined;
  readonly findings: readonly FindingToDecide[];
  readonly onClose: () => void;
}

/** Findings that were not changed, and why. */
interface Refusal {
  readonly finding: FindingToDecide;
  readonly code: string;
}

/** Decides one finding or many. A concurrent change is shown, and not overwritten until the person saves again. */
export function DecideDialog({ host, instanceNo, today, findings: all, onClose }: DecideDialogProps) {
  const words = useVerdictWords();
  const { number } = useFormats();
  const toast = useToast();
  const client = useQueryClient();
  const [findings, setFindings] = useState(all);
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);
  const [values, setValues] = useState(() => initialValues(all.length === 1 ? all[0]?.present : undefined));
  const [missing, setMissing] = useState<readonly DecisionField[]>([]);
  const saving = useMutation({
    mutationFn: () =>
      changeVerdicts({
        ...{ host, instanceNo, change: { kind: "decide", decision: decisionOf(values) } },
        findings: findings.map(({ fingerprint, present }) => ({ fingerprint, version: present?.version ?? 0 })),
      }),
    onSuccess: (results) => {
      const refused = results.flatMap(({ code, verdict }, index) => {
        const finding = findings[index];
        return code === undefined || finding === undefined ? [] : [{ finding: { ...finding, present: verdict }, code }];
      });
      void client.invalidateQueries({ queryKey: ["verdicts"] });
      void client.invalidateQueries({ queryKey: ["targets"] });
      const saved = results.length - refused.length;
      if (saved > 0) toast(words.saved(saved, number(saved)));
      if (refused.length === 0) onClose();
      setRefusals(refused);
      setFindings(refused.map(({ finding }) => finding));
    },
  });
  const submit = (): void => {
    const empty = missingFields(values);
    setMissing(empty);
    if (empty.length === 0) saving.mutate();
    else document.getElementById(`verdict-${empty[0]}`)?.focus();
  };
  return (
    <FormDialog
      title={words.decideTitle(all.length, number(all.length))}
      cancel={words.cancel}
      submit={saving.isPending ? words.saving : refusals.length > 0 ? words.decideAgain : words.save}
      isBusy={saving.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Refusals refusals={refusals} all={all.length} />
      <DecisionFields
        values={values}
        error={saving.error}
        missing={missing}
        today={today}
        onChange={(change) => setValues({ ...values, ...change })}
      />
    </FormDialog>
  );
}

function Refusals({ refusals, all }: { readonly refusals: readonly Refusal[]; readonly all: number }) {
  const words = useVerdictWords();
  const messages = useMessages();
  const { number } = useFormats();
  if (refusals.length === 0) return null;
  const codes = [...new Set(refusals.map(({ code }) => code))];
  return (
    <section className={errorNoticeClass} role="alert">
      <p className={errorNoticeTitleClass}>{words.someFailed(refusals.length, number(refusals.length), number(all))}</p>
      {codes.map((code) => (
        <p key={code}>{code === "VERDICT_CHANGED" ? words.changedMeanwhile : fieldTextOf(messages, code)}</p>
      ))}
      <ul className="max-h-40 overflow-y-auto">
        {refusals.map(({ finding: { name, fingerprint, present } }) => (
          <li key={fingerprint}>
            <span className="tabular-nums">{name}</span>{" "}
            {present === undefined ? null : <VerdictMark state={present.state} cause={present.cause} />}{" "}
            {present === undefined ? null : <bdi className="text-text-3">{present.decidedBy}</bdi>}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DecisionFieldsProps {
  readonly values: DecisionValues;
  readonly error: Error | null;
  readonly missing: readonly DecisionField[];
  readonly today: string | undefined;
  readonly onChange: (change: Partial<DecisionValues>) => void;
}

function DecisionFields({ values, error, missing, today, onChange }: DecisionFieldsProps) {
  const words = useVerdictWords();
  const { user } = useSession();
  const messages = useMessages();
  const { verdict } = values;
  const errorsAt = (field: DecisionField): string[] => [
    ...(missing.includes(field) && values[field].trim() === "" ? [words.required] : []),
    ...codesAt(error, field).map((code) => fieldTextOf(messages, code)),
  ];
  const fieldOf = (field: DecisionField) => ({
    anchor: `verdict-${field}`,
    errors: errorsAt(field),
    isRequired: isRequired(verdict, field),
  });
  const isFieldError = (["reason", "owner", "due", "until"] as const).some((field) => codesAt(error, field).length > 0);
  return (
    <>
      <p className="max-w-168 text-text-2">{words.decideText}</p>
      {error !== null && !isFieldError ? (
        <ErrorNotice heading={words.failed} description={describeError(messages, error)} isAlert />
      ) : null}
      <ChoiceGroup<Verdict>
        legend={words.verdict}
        anchor="verdict-choice"
        value={verdict}
        choices={verdicts.map((value) => ({ value, name: words.states[value], hint: words.hints[value] }))}
        onChange={(value) => onChange({ verdict: value })}
      />
      {verdict === "in-work" ? (
        <>
          <OwnerField
            label={words.owner}
            hint={words.ownerHint}
            {...fieldOf("owner")}
            value={values.owner}
            maxLength={100}
            me={{ label: words.me, name: user.name }}
            onChange={(owner) => onChange({ owner })}
          />
          <DayField
            label={words.due}
            value={values.due}
            min={today}
            {...fieldOf("due")}
            onChange={(due) => onChange({ due })}
          />
        </>
      ) : null}
      {verdict === "risk-accepted" ? (
        <DayField
          label={words.until}
          hint={words.untilHint}
          value={values.until}
          min={today}
          {...fieldOf("until")}
          onChange={(until) => onChange({ until })}
        />
      ) : null}
      <Field label={words.reason} hint={words.reasonHint} {...fieldOf("reason")}>
        {(control) => (
          <TextArea
            {...control}
            dir="auto"
            rows={3}
            maxLength={1000}
            value={values.reason}
            onChange={({ target }) => onChange({ reason: target.value })}
          />
        )}
      </Field>
    </>
  );
}

interface DayFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly min: string | undefined;
  readonly anchor: string;
  readonly errors: readonly string[];
  readonly isRequired: boolean;
  readonly onChange: (day: string) => void;
}

function DayField({ value, min, onChange, ...field }: DayFieldProps) {
  return (
    <Field {...field}>
      {(control) => (
        <Input
          {...control}
          type="date"
          value={value}
          min={min}
          onChange={({ target }) => onChange(target.value)}
          className="max-w-48"
        />
      )}
    </Field>
  );
}
