import { type Draft, storableDraft } from "@wsc-dashboard/wsc-core";
import { emptyEntry, type NamedRow, type SignInEntry, signInOf } from "../../job-fields/sign-in-entry.ts";
import type { StartTime } from "../../job-fields/start-time.ts";
import type { WizardValues } from "./wizard-values.ts";

const isTyped = (text: string): boolean => text !== "";
const namesOf = (rows: readonly NamedRow[]): string[] => rows.map(({ name }) => name.trim()).filter(isTyped);
const rowsOf = (names: readonly string[]): NamedRow[] =>
  names.map((name, index) => ({ id: index + 1, name, value: "" }));

/** The part of a form that is saved as a draft. It contains no secrets and no consent. */
export function draftOf(values: WizardValues, { headers, login, extra }: SignInEntry): Draft {
  const { startUrl, excludeUrls, items, userAgent, speed, memo, hosting, rescanOf, when } = values;
  const { actionUrl, pageUrl, idParam, passwordParam, successText } = login;
  return storableDraft({
    startUrl,
    excludeUrls,
    items,
    userAgent,
    speed,
    memo,
    hosting,
    ...(rescanOf === undefined ? {} : { rescanOf }),
    signIn: {
      kind: values.signIn.kind,
      headerNames: namesOf(headers),
      actionUrl,
      pageUrl,
      idParam,
      passwordParam,
      successText,
      extraNames: namesOf(extra),
    },
    when,
  });
}

/** The values and sign-in entries of a form restored from a draft; `fresh`: the form without one. */
export function resumeDraft(draft: Draft, fresh: WizardValues): { values: WizardValues; entry: SignInEntry } {
  const { signIn = {}, when, rescanOf, ...fields } = draft;
  const entry: SignInEntry = {
    headers: signIn.headerNames === undefined ? emptyEntry.headers : rowsOf(signIn.headerNames),
    login: {
      ...emptyEntry.login,
      actionUrl: signIn.actionUrl ?? "",
      pageUrl: signIn.pageUrl ?? "",
      idParam: signIn.idParam ?? "",
      passwordParam: signIn.passwordParam ?? "",
      successText: signIn.successText ?? "",
    },
    extra: rowsOf(signIn.extraNames ?? []),
  };
  const values: WizardValues = {
    ...fresh,
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    signIn: signInOf(signIn.kind ?? "none", entry),
    when: whenOf(when) ?? fresh.when,
    ...(rescanOf === undefined ? {} : { rescanOf }),
  };
  return { values, entry };
}

function whenOf(when: Draft["when"]): StartTime | null {
  if (when?.kind === "at") return { kind: "at", localTime: when.localTime ?? "", zone: when.zone ?? "UTC" };
  return when?.kind === undefined ? null : { kind: when.kind };
}
