import { useMutation } from "@tanstack/react-query";
import { limits, type Plan, type PlanRequest, planRepeats } from "@wsc-dashboard/wsc-core";
import { type FormEvent, useId, useState } from "react";
import { planCalls } from "../../api/plan-calls.ts";
import { Field } from "../../forms/field.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { usePlanWords } from "../../messages/use-plan-words.ts";
import { Button } from "../../ui/button.tsx";
import { Input, Select } from "../../ui/control.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { Toggle } from "../../ui/toggle.tsx";
import { PlanCapacity } from "./plan-capacity.tsx";
import { PlanPreviewDialog } from "./plan-preview-dialog.tsx";

export interface PlanDialogProps {
  /** In the order of the list. */
  readonly hosts: readonly string[];
  readonly onClose: () => void;
}

const initial = { repeat: "month", firstDay: 1, lastDay: 7, from: "01:00", minutesApart: 30 } as const;
type Values = Omit<PlanRequest, "hosts" | "zone">;

/** Selects targets and nights, shows every run, and requests them after one consent. */
export function PlanDialog({ hosts: all, onClose }: PlanDialogProps) {
  const messages = useMessages();
  const words = usePlanWords();
  const { zone } = useFormats();
  const formId = useId();
  const [hosts] = useState(() => all.slice(0, limits.planTargets));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(hosts));
  const [values, setValues] = useState<Values>(initial);
  const [preview, setPreview] = useState<{ readonly request: PlanRequest; readonly plan: Plan } | null>(null);
  const planning = useMutation({
    mutationFn: async (request: PlanRequest) => ({
      request,
      plan: await planCalls.preview({ body: { ...request, hosts: [...request.hosts] } }),
    }),
    onSuccess: setPreview,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen.size === 0 || planning.isPending) return;
    planning.mutate({ ...values, zone, hosts: hosts.filter((host) => chosen.has(host)) });
  };
  if (preview !== null) return <PlanPreviewDialog {...preview} onBack={() => setPreview(null)} onClose={onClose} />;
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button variant="primary" type="submit" form={formId} inert={planning.isPending || chosen.size === 0}>
            {planning.isPending ? words.previewing : words.preview}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <p className="max-w-168 text-text-2">
          {words.text} {words.settings}
        </p>
        {planning.error === null ? null : (
          <ErrorNotice heading={words.failed} description={describeError(messages, planning.error)} isAlert />
        )}
        <PlanFields values={values} zone={zone} onChange={(change) => setValues({ ...values, ...change })} />
        <PlanCapacity days={values} chosen={chosen.size} />
        <ChosenTargets hosts={hosts} chosen={chosen} isCut={hosts.length < all.length} onChange={setChosen} />
      </form>
    </Dialog>
  );
}

interface PlanFieldsProps {
  readonly values: Values;
  readonly zone: string;
  readonly onChange: (change: Partial<Values>) => void;
}

const wholeNumbers = [
  ["firstDay", 1, 28],
  ["lastDay", 1, 28],
  ["apart", 1, 720],
] as const;

function PlanFields({ values, zone, onChange }: PlanFieldsProps) {
  const { shell } = useMessages();
  const words = usePlanWords();
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-x-4">
      <Field label={words.repeat} anchor="plan-repeat">
        {(control) => (
          <Select
            {...control}
            value={values.repeat}
            onChange={({ target }) => onChange({ repeat: target.value === "once" ? "once" : "month" })}
          >
            {[...planRepeats].reverse().map((repeat) => (
              <option key={repeat} value={repeat}>
                {words.repeats[repeat]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={shell.zonedHead(words.from, zone)} anchor="plan-from">
        {(control) => (
          <Input
            {...control}
            type="time"
            required
            value={values.from}
            onChange={({ target }) => onChange({ from: target.value })}
          />
        )}
      </Field>
      {wholeNumbers.map(([name, min, max]) => {
        const field = name === "apart" ? "minutesApart" : name;
        return (
          <Field key={name} label={words[name]} anchor={`plan-${name}`}>
            {(control) => (
              <Input
                {...control}
                type="number"
                required
                min={name === "lastDay" ? values.firstDay : min}
                max={max}
                value={Number.isNaN(values[field]) ? "" : values[field]}
                onChange={({ target }) => onChange({ [field]: target.valueAsNumber })}
              />
            )}
          </Field>
        );
      })}
    </div>
  );
}

interface ChosenTargetsProps {
  readonly hosts: readonly string[];
  readonly chosen: ReadonlySet<string>;
  readonly isCut: boolean;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

function ChosenTargets({ hosts, chosen, isCut, onChange }: ChosenTargetsProps) {
  const words = usePlanWords();
  const { number } = useFormats();
  const toggle = (host: string): void => {
    const next = new Set(chosen);
    if (!next.delete(host)) next.add(host);
    onChange(next);
  };
  return (
    <fieldset className="mt-5">
      <legend className="block font-bold">{words.targets(number(chosen.size))}</legend>
      {isCut ? <p className="max-w-168 text-text-2">{words.tooMany(number(hosts.length))}</p> : null}
      <Toggle
        checked={chosen.size === hosts.length}
        onChange={() => onChange(new Set(chosen.size === hosts.length ? [] : hosts))}
      >
        {words.allOrNone}
      </Toggle>
      <ul className="max-h-56 columns-[14rem] overflow-y-auto">
        {hosts.map((host) => (
          <li key={host}>
            <Toggle checked={chosen.has(host)} onChange={() => toggle(host)}>
              <PlainText text={host} />
            </Toggle>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
