import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { comesTwice, isTimeZone, localTimeOf, readLocalTime, targetHostOf } from "@wsc-dashboard/wsc-core";
import { useFormContext } from "react-hook-form";
import { sessionQuery } from "../../api/session-query.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { ConsoleHandOver } from "./console-hand-over.tsx";
import { type ErrorRemedy, remedyOf } from "./error-place.ts";
import type { WizardValues } from "./wizard-values.ts";

const hourMs = 3_600_000;
const laterByMs = [hourMs, 3 * hourMs, 24 * hourMs];

interface ErrorRemediesProps {
  readonly codes: readonly string[];
  readonly onUseHeaders: () => void;
  readonly onNewJob: () => void;
}

/** Buttons for the remedies of a form's errors. */
export function ErrorRemedies({ codes, onUseHeaders, onNewJob }: ErrorRemediesProps) {
  const { review: words, signIn } = useMessages();
  const client = useQueryClient();
  const remedies = [...new Set(codes.map(remedyOf))];
  const acts: Readonly<Record<ErrorRemedy, () => React.ReactNode>> = {
    handOver: () => <ConsoleHandOver />,
    laterTimes: () => <LaterTimes />,
    newJob: () => <Button onClick={onNewJob}>{words.newAnyway}</Button>,
    openWaiting: () => <WaitingJobLink />,
    refreshCatalogue: () => (
      <Button onClick={() => void client.invalidateQueries({ queryKey: sessionQuery.queryKey })}>
        {words.refreshCatalogue}
      </Button>
    ),
    showWaiting: () => <WaitingJobsLink />,
    useHeaders: () => <Button onClick={onUseHeaders}>{signIn.useHeaders}</Button>,
  };
  const shown = remedies.filter((remedy) => remedy !== undefined);
  if (shown.length === 0) return null;
  return (
    <div className="mb-4 flex flex-wrap gap-2">
      {shown.map((remedy) => (
        <div key={remedy}>{acts[remedy]()}</div>
      ))}
    </div>
  );
}

function WaitingJobLink() {
  const { review: words } = useMessages();
  const { getValues } = useFormContext<WizardValues>();
  return (
    <Link className={buttonClass()} to="/jobs" search={{ q: targetHostOf(getValues("startUrl").trim()) }}>
      {words.openWaiting}
    </Link>
  );
}

/** Link to the list of waiting jobs, filtered by the vendor's status number. */
export function WaitingJobsLink() {
  const { review: words } = useMessages();
  return (
    <Link className={buttonClass()} to="/jobs" search={{ status: "12" }}>
      {words.showWaiting}
    </Link>
  );
}

/** Offers some times after the fully booked one. Only the vendor knows which are free. */
function LaterTimes() {
  const { review: words } = useMessages();
  const formats = useFormats();
  const { getValues, setValue } = useFormContext<WizardValues>();
  const when = getValues("when");
  const zone = when.kind === "at" && isTimeZone(when.zone) ? when.zone : formats.zone;
  const chosen = when.kind === "at" ? readLocalTime(when.localTime, zone).instant?.getTime() : undefined;
  const from = Math.max(chosen ?? 0, Date.now());
  const times = laterByMs
    .map((ms) => new Date(Math.ceil((from + ms) / hourMs) * hourMs))
    .filter((instant) => !comesTwice(instant, zone));
  return (
    <Actions>
      {times.map((instant) => {
        const { localTime } = localTimeOf(instant, zone);
        return (
          <Button
            key={localTime}
            onClick={() => setValue("when", { kind: "at", localTime, zone }, { shouldDirty: true, shouldTouch: true })}
          >
            {words.takeTime(formats.runTime(instant.toISOString(), zone))}
          </Button>
        );
      })}
    </Actions>
  );
}
