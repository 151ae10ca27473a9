import { Link } from "@tanstack/react-router";
import { severities, type Target } from "@wsc-dashboard/wsc-core";
import { useMay } from "../../api/session-query.ts";
import { SeverityMark } from "../../domain-ui/severity-mark.tsx";
import { statusLabel } from "../../domain-ui/status-label.ts";
import { StatusShape } from "../../domain-ui/status-shape.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { Trend } from "./trend.tsx";

/** One host: its last job, what is open, whether it got better, and when it can be scanned again. */
export function TargetItem({ target }: { readonly target: Target }) {
  const messages = useMessages();
  const { targets: words } = messages;
  const { host, lastJob } = target;
  const when = lastJob.endedAt ?? lastJob.startedAt;
  return (
    <li className="target-row">
      <div>
        <h2 className="target-name">
          <Link to="/jobs" search={{ q: host }} data-row="" aria-label={words.jobsOf(withVisibleControls(host))}>
            <bdi translate="no">{withVisibleControls(host)}</bdi>
          </Link>
        </h2>
        <p className="target-last">
          <StatusShape phase={lastJob.status.phase} />{" "}
          <Link to="/jobs/$instanceNo" params={{ instanceNo: lastJob.instanceNo }}>
            {statusLabel(messages, lastJob.status)}
          </Link>{" "}
          {when === null ? null : <TimeText instant={when} />}
        </p>
      </div>
      <dl className="target-facts">
        <div>
          <dt>{words.open}</dt>
          <dd>
            <OpenRisks target={target} />
          </dd>
        </div>
        <div>
          <dt>{words.change}</dt>
          <dd>
            <Change target={target} />
          </dd>
        </div>
        <div>
          <dt>{words.rescan}</dt>
          <dd>
            <RescanChance target={target} />
          </dd>
        </div>
        <div>
          <dt>{words.trend}</dt>
          <dd>
            <Trend points={target.trend} />
          </dd>
        </div>
      </dl>
    </li>
  );
}

function OpenRisks({ target: { host, latest, isComplete } }: { readonly target: Target }) {
  const { targets: words, shell } = useMessages();
  const formats = useFormats();
  if (latest === null) return <span className="muted">{isComplete ? words.noReport : words.reading}</span>;
  const day = formats.date(latest.endedAt);
  return (
    <>
      <span className="open-risks">
        {severities.map((severity) => (
          <span key={severity} className="nowrap">
            <SeverityMark severity={severity} />{" "}
            <strong className="figure">{latest[severity] === null ? "–" : formats.number(latest[severity])}</strong>
          </span>
        ))}
      </span>
      <Link
        className="target-link"
        to="/jobs/$instanceNo/report"
        params={{ instanceNo: latest.instanceNo }}
        aria-label={shell.labelled(words.fromReport(day), withVisibleControls(host))}
      >
        {words.fromReport(day)}
      </Link>
    </>
  );
}

/** "+2" and "−6": what a difference of counts looks like. */
function signed(n: number | null, text: (n: number) => string): string {
  if (n === null) return "–";
  return n > 0 ? `+${text(n)}` : n < 0 ? `−${text(-n)}` : text(0);
}

function Change({ target: { host, latest, change, isComplete } }: { readonly target: Target }) {
  const { targets: words, report, shell } = useMessages();
  const { number } = useFormats();
  const mayCompare = useMay("compare.get");
  if (latest === null) return <span className="muted">–</span>;
  if (change === null) return <span className="muted">{isComplete ? words.noPredecessor : words.reading}</span>;
  const moved = severities.filter((severity) => change[severity] !== 0);
  const [high, medium, low] = severities.map((severity) => signed(change[severity], number));
  return (
    <>
      <span className="visually-hidden">{words.changeText(high ?? "", medium ?? "", low ?? "")}</span>
      <span aria-hidden="true" className="figure">
        {moved.length === 0
          ? words.unchanged
          : moved.map((severity) => `${report.severity[severity]} ${signed(change[severity], number)}`).join(" · ")}
      </span>
      {mayCompare ? (
        <Link
          className="target-link"
          to="/compare"
          search={{ head: latest.instanceNo }}
          aria-label={shell.labelled(words.compare, withVisibleControls(host))}
        >
          {words.compare}
        </Link>
      ) : null}
    </>
  );
}

function RescanChance({ target: { host, rescan } }: { readonly target: Target }) {
  const { targets: words, shell } = useMessages();
  const { number } = useFormats();
  const mayCreate = useMay("jobs.create");
  if (rescan === null) return <span className="muted">{words.noRescan}</span>;
  return (
    <>
      <span>
        {words.rescanDays(rescan.daysLeft, number(rescan.daysLeft))} ·{" "}
        {words.rescanLeft(rescan.left, number(rescan.left))}
      </span>
      {mayCreate && rescan.left > 0 ? (
        <Link
          className="target-link"
          to="/jobs/new"
          search={{ from: rescan.of }}
          aria-label={shell.labelled(words.rescanStart, withVisibleControls(host))}
        >
          {words.rescanStart}
        </Link>
      ) : null}
    </>
  );
}
