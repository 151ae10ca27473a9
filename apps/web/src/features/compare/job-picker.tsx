import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { type Job, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useId } from "react";
import { jobListQuery } from "../../api/job-queries.ts";
import { predecessorQuery } from "../../api/report-query.ts";
import { useSession } from "../../api/session-query.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Select } from "../../ui/control.tsx";
import type { CompareSearch } from "./compare-search.ts";

const route = getRouteApi("/compare");
const maxOffered = 100;

interface JobPickerProps {
  readonly host: string;
  readonly base: string | undefined;
  readonly search: CompareSearch & { readonly head: string };
}

/** Selects two runs among the readable ones of a host; the run before the later one is marked as suggested. */
export function JobPicker({ host, base, search }: JobPickerProps) {
  const { head } = search;
  const { compare } = useMessages();
  const navigate = route.useNavigate();
  const { listPollMs } = useSession();
  const list = { q: host, searchBy: "url", status: "", page: 1, limit: maxOffered } as const;
  const jobs = useQuery({ ...jobListQuery(list, listPollMs), refetchInterval: false }).data?.jobs ?? [];
  const suggested = useQuery(predecessorQuery(head)).data?.predecessor?.instanceNo;
  const offered = jobs.filter(({ startUrl, capabilities }) => capabilities.report && targetHostOf(startUrl) === host);
  const choose = (next: CompareSearch): void => void navigate({ search: { ...search, ...next }, replace: true });
  return (
    <fieldset className="mt-3 flex flex-wrap items-end gap-x-5 gap-y-2 print:hidden">
      <legend className="sr-only">{compare.choose}</legend>
      <JobSelect
        label={compare.earlier}
        jobs={offered.filter(({ instanceNo }) => instanceNo !== head)}
        value={base}
        suggested={suggested}
        onChoose={(next) => choose({ base: next })}
      />
      <JobSelect
        label={compare.later}
        jobs={offered.filter(({ instanceNo }) => instanceNo !== base)}
        value={head}
        onChoose={(next) => choose({ ...(base === undefined ? {} : { base }), head: next })}
      />
    </fieldset>
  );
}

interface JobSelectProps {
  readonly label: string;
  readonly jobs: readonly Job[];
  readonly value: string | undefined;
  readonly suggested?: string | undefined;
  readonly onChoose: (instanceNo: string) => void;
}

function JobSelect({ label, jobs, value, suggested, onChoose }: JobSelectProps) {
  const { compare } = useMessages();
  const formats = useFormats();
  const id = useId();
  const isListed = jobs.some(({ instanceNo }) => instanceNo === value);
  const textOf = ({ instanceNo, endedAt, findingCount }: Job): string => {
    const count = findingCount ?? 0;
    const time = endedAt === null ? "–" : formats.dateTime(endedAt);
    const text = [time, compare.findings(count, formats.number(count)), instanceNo].join(" · ");
    return instanceNo === suggested ? compare.suggested(text) : text;
  };
  return (
    <div className="min-w-0 flex-[0_1_24rem] [&>select]:mt-1 [&>select]:w-full">
      <label className="block font-bold" htmlFor={id}>
        {label}
      </label>
      <Select id={id} value={value ?? ""} onChange={({ target }) => target.value === "" || onChoose(target.value)}>
        {value === undefined ? <option value="">{compare.noneChosen}</option> : null}
        {value === undefined || isListed ? null : <option value={value}>{value}</option>}
        {jobs.map((job) => (
          <option key={job.instanceNo} value={job.instanceNo}>
            {textOf(job)}
          </option>
        ))}
      </Select>
    </div>
  );
}
