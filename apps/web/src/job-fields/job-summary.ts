import { readWebUrl, type SignIn, targetHostOf } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../messages/en.ts";
import type { Formats } from "../messages/formats.ts";
import type { JobFieldValues } from "./job-field-values.ts";
import {
  isSignInOpen,
  itemsLabel,
  signInKindLabel,
  signInLabel,
  speedLabel,
  userAgentLabel,
} from "./job-value-labels.ts";
import { type StartTime, startTimeText } from "./start-time.ts";

/** The part of a job request that is summarised. */
export type SummarizedJob = Pick<
  JobFieldValues,
  "startUrl" | "excludeUrls" | "items" | "userAgent" | "speed" | "memo"
> & {
  /** Only the kind where the values are stored on the server. */
  readonly signIn: SignIn | SignIn["kind"];
  /** Absent where it is not known, as in a schedule. */
  readonly hosting?: JobFieldValues["hosting"];
  /** Absent where a rule decides. */
  readonly when?: StartTime;
};

/** One row of a summary. */
export interface JobFact {
  readonly label: string;
  /** What the request says, in words or as typed; empty when it is not set. */
  readonly values: readonly string[];
  /** Whether the values were typed or come from outside, so that they are not our texts. */
  readonly isTyped?: true;
  readonly isList?: true;
  readonly valueClass?: string;
  readonly lineClass?: string;
}

export type JobFactName = keyof SummarizedJob;

/** The URL as it will be sent; as typed while it is invalid. */
const asSent = (url: string): string => readWebUrl(url.trim()) ?? url;

const signInText = (messages: Messages, formats: Formats, signIn: SummarizedJob["signIn"]): string =>
  typeof signIn === "string" ? signInKindLabel(messages, signIn) : signInLabel(messages, formats, signIn);

/** All values of a job request, by name. */
export function jobFacts(
  messages: Messages,
  formats: Formats,
  job: SummarizedJob,
): Readonly<Record<JobFactName, JobFact>> {
  const { create, target } = messages;
  const { startUrl, excludeUrls, hosting, signIn, items, userAgent, speed, memo, when } = job;
  const isOpen = typeof signIn !== "string" && isSignInOpen(signIn);
  return {
    startUrl: {
      label: create.startUrl,
      values: startUrl === "" ? [] : [asSent(startUrl)],
      isTyped: true,
      valueClass: "font-bold mono",
    },
    excludeUrls: {
      label: create.excludeUrls,
      values: excludeUrls.map(asSent),
      isTyped: true,
      isList: true,
      valueClass: "mono",
    },
    hosting: { label: target.hosting, values: hosting === undefined ? [] : [target[hosting]] },
    signIn: {
      label: create.signInKind,
      values: [signInText(messages, formats, signIn)],
      ...(isOpen ? { lineClass: "font-bold text-medium-text" } : {}),
    },
    items: { label: create.checks, values: [itemsLabel(messages, items)], isTyped: true },
    userAgent: { label: create.userAgent, values: [userAgentLabel(messages, userAgent)] },
    speed: { label: create.speed, values: [speedLabel(messages, speed).name] },
    memo: { label: create.memo, values: memo === "" ? [] : [memo], isTyped: true },
    when: {
      label: create.whenKind,
      values: when === undefined ? [] : [startTimeText(messages, formats, when)],
      ...(when?.kind === "at" ? { lineClass: "font-bold" } : {}),
    },
  };
}

/** The short form for display beside a form: defaults are left out, and lists are counted. */
export function shortJobFacts(messages: Messages, formats: Formats, job: SummarizedJob): readonly JobFact[] {
  const { create } = messages;
  const facts = jobFacts(messages, formats, job);
  const host = job.startUrl.trim() === "" ? "" : targetHostOf(job.startUrl.trim());
  const excluded = job.excludeUrls.length;
  return [
    {
      label: create.stepNames.target,
      values: [host || "–"],
      isTyped: true,
      valueClass: host === "" ? "text-text-3" : "font-bold",
    },
    {
      label: create.excludeUrls,
      values: excluded === 0 ? [] : [create.excludeCount(excluded, formats.number(excluded))],
    },
    ...(job.hosting === "managed" ? [facts.hosting] : []),
    { label: create.stepNames.signin, values: facts.signIn.values },
    facts.items,
    facts.userAgent,
    facts.speed,
    { label: facts.when.label, values: facts.when.values },
  ];
}
