import { useQuery } from "@tanstack/react-query";
import { limits, memoRoom, type Session } from "@wsc-dashboard/wsc-core";
import { useId, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { factsQuery } from "../api/gateway-queries.ts";
import { ChoiceGroup } from "../forms/choice-group.tsx";
import { Field } from "../forms/field.tsx";
import { LinesField } from "../forms/lines-field.tsx";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { ChoiceLine } from "../ui/choice-line.tsx";
import { Input } from "../ui/control.tsx";
import { anchorOf, type JobFieldValues } from "./job-field-values.ts";
import { speedLabel, userAgentLabel } from "./job-value-labels.ts";
import { useFieldTexts } from "./use-field-texts.ts";

const segmenter = new Intl.Segmenter();

export function ChecksFields({ session }: { readonly session: Session }) {
  const messages = useMessages();
  const { create } = messages;
  const { setValue, control } = useFormContext<JobFieldValues>();
  const [userAgent, speed] = useWatch({ control, name: ["userAgent", "speed"] });
  const texts = useFieldTexts();
  const change = (name: "userAgent" | "speed", value: string): void =>
    setValue(name, value, { shouldDirty: true, shouldValidate: true });
  return (
    <>
      <ItemsField session={session} />
      <ChoiceGroup
        legend={create.userAgent}
        anchor={anchorOf("userAgent")}
        value={userAgent}
        onChange={(value) => change("userAgent", value)}
        errors={texts("userAgent")}
        choices={session.userAgents.map((word) => ({ value: word, name: userAgentLabel(messages, word) }))}
      />
      <ChoiceGroup
        legend={create.speed}
        anchor={anchorOf("speed")}
        value={speed}
        onChange={(value) => change("speed", value)}
        errors={texts("speed")}
        choices={session.speeds.map((word) => ({ value: word, ...speedLabel(messages, word) }))}
      />
      <MemoField />
    </>
  );
}

function ItemsField({ session }: { readonly session: Session }) {
  const { create } = useMessages();
  const formats = useFormats();
  const id = useId();
  const { setValue, control, trigger } = useFormContext<JobFieldValues>();
  const items = useWatch({ control, name: "items" });
  const texts = useFieldTexts();
  const isAll = items.includes("ALL");
  const known = session.items.filter(({ word }) => word !== "ALL");
  const others = items.filter((item) => item !== "ALL" && !known.some(({ word }) => word === item));
  const chosen = items.filter((item) => known.some(({ word }) => word === item));
  const change = (next: string[]): void =>
    setValue("items", next, { shouldDirty: true, shouldTouch: true, shouldValidate: texts("items").length > 0 });
  const [kept, setKept] = useState<string[]>([]);
  return (
    <>
      <ChoiceGroup
        legend={create.checks}
        anchor={anchorOf("items")}
        value={isAll ? "all" : "chosen"}
        onChange={(value) => {
          if (value === "all") setKept(items);
          change(value === "all" ? ["ALL"] : kept);
        }}
        errors={texts("items")}
        choices={[
          { value: "all", name: create.checksAll, hint: create.checksAllHint },
          { value: "chosen", name: create.checksChosen },
        ]}
      />
      {isAll ? null : (
        <div className="ps-7">
          {known.map(({ word, confirmed }) => (
            <ChoiceLine key={word}>
              <input
                id={`${id}${word}`}
                type="checkbox"
                checked={items.includes(word)}
                onChange={({ target }) => {
                  change(target.checked ? [...chosen, word, ...others] : items.filter((item) => item !== word));
                  void trigger("items");
                }}
              />
              <label htmlFor={`${id}${word}`} translate="no">
                {word}
              </label>
              {confirmed ? null : <p className="max-w-168 text-text-2">{create.unconfirmed}</p>}
            </ChoiceLine>
          ))}
          <LinesField
            label={create.otherChecks}
            hint={create.otherChecksHint}
            anchor={`${anchorOf("items")}-other`}
            entries={others}
            errors={[]}
            rows={2}
            countText={others.length === 0 ? "" : formats.number(others.length)}
            onChange={(entries) => change([...chosen, ...entries.filter((entry) => entry !== "ALL")])}
            onBlur={() => void trigger("items")}
          />
        </div>
      )}
    </>
  );
}

/** The memo length that the account is known to keep; `null` while unknown. */
function useMemoRoom() {
  const { data } = useQuery(factsQuery);
  const fact = data?.facts.find(({ name }) => name === "memo-kept");
  return fact === undefined ? null : memoRoom(fact);
}

function MemoField() {
  const { create } = useMessages();
  const formats = useFormats();
  const { register, control } = useFormContext<JobFieldValues>();
  const memo = useWatch({ control, name: "memo" });
  const texts = useFieldTexts();
  const used = [...segmenter.segment(memo)].length;
  const over = memo.length - limits.memoLength;
  const room = useMemoRoom();
  const warning = room === null || (room.kind === "kept" && memo.trim().length <= room.room) ? null : room;
  return (
    <Field
      label={create.memo}
      hint={create.memoHint}
      anchor={anchorOf("memo")}
      errors={texts("memo")}
      after={
        <>
          <p
            className={
              over > 0 ? "max-w-168 tabular-nums font-bold text-high-text" : "max-w-168 text-text-2 tabular-nums"
            }
          >
            {over > 0 ? create.memoOver(over, formats.number(over)) : create.memoUsed(used, formats.number(used))}
          </p>
          <p className="max-w-168 text-text-2" role="status">
            {warning === null
              ? null
              : (warning.kind === "cut" ? create.memoCut : create.memoKept)(formats.number(warning.room))}
          </p>
        </>
      }
    >
      {(props) => <Input {...props} {...register("memo")} type="text" autoComplete="off" />}
    </Field>
  );
}
