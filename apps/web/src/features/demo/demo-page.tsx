import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type Consent, consentText, type Submission } from "@wsc-dashboard/wsc-core";
import { demoCalls } from "../../api/demo-calls.ts";
import { useKeyedMutation } from "../../api/idempotency-key.ts";
import { refreshJobs } from "../../api/job-queries.ts";
import { newJobCalls } from "../../api/new-job-calls.ts";
import { useMay, useSession } from "../../api/session-query.ts";
import { refreshSubmissions } from "../../api/submission-queries.ts";
import { ForbiddenPage } from "../../domain-ui/forbidden-page.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useDemoWords } from "../../messages/use-demo-words.ts";
import { Actions } from "../../ui/actions.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDocumentTitle } from "../../ui/hooks.ts";
import { PageHead } from "../../ui/page-head.tsx";
import type { DemoScan, DemoSearch } from "./demo-search.ts";
import { DemoOutcome, DemoStep } from "./demo-step.tsx";
import { type DemoScanState, useDemoScan } from "./use-demo-scan.ts";

const route = getRouteApi("/demo");

/** The product in five clicks, on the emulator's demo site. */
export function DemoPage() {
  const { shell } = useMessages();
  const words = useDemoWords();
  const { demoSite } = useSession().upstream;
  const mayScan = useMay("demo.scan");
  useDocumentTitle(words.title, shell.product);
  if (!mayScan) return <ForbiddenPage permission="demo.scan" />;
  if (demoSite === null) {
    return (
      <EmptyState
        headingLevel={1}
        title={words.unavailable}
        actions={
          <Link className={buttonClass()} to="/jobs">
            {shell.toJobs}
          </Link>
        }
      >
        <p>{words.unavailableText}</p>
      </EmptyState>
    );
  }
  return <Demo origin={demoSite} />;
}

/** The consent that a click records; its text stands above the steps. */
function useDemoConsent(): { readonly consent: Consent; readonly text: string } {
  const { language } = useFormats();
  const textVersion = useSession().consentTextVersion as Consent["textVersion"];
  return {
    consent: { textVersion, accepted: true, language },
    text: consentText("job", textVersion, language).text,
  };
}

function Demo({ origin }: { readonly origin: string }) {
  const words = useDemoWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { consent, text } = useDemoConsent();
  const keep = (next: DemoSearch): void =>
    void navigate({ search: (now: DemoSearch) => ({ ...now, ...next }), replace: true });
  const first = useDemoScan(search.scan);
  const second = useDemoScan(search.login);
  const third = useDemoScan(search.rescan);
  const master = first.job?.status.phase === "completed" ? first.job.instanceNo : undefined;
  const repeated = third.job?.status.phase === "completed" ? third.job.instanceNo : undefined;
  const isPatched = search.patched !== undefined;
  const isRunning = [first, second, third].some((scan) => scan.isRunning);
  const isFree = master !== undefined && !isRunning;
  const reset = useMutation({
    mutationFn: () => demoCalls.reset({ body: {} }),
    onSuccess: () => void navigate({ search: {}, replace: true }),
  });
  return (
    <>
      <PageHead>
        <h1 className="text-h1">{words.title}</h1>
        <Actions>
          {Object.keys(search).length === 0 ? null : (
            <Button inert={reset.isPending} title={words.startOverNote} onClick={() => reset.mutate()}>
              {words.startOver}
            </Button>
          )}
        </Actions>
      </PageHead>
      <p className="mt-3 max-w-168">{words.intro(origin)}</p>
      <p className="mt-2 max-w-168 text-text-3">{words.consent(text)}</p>
      {reset.isError ? <StepFailure error={reset.error} /> : null}
      <ol className="mt-4 border-t border-hairline" aria-label={words.stepsLabel}>
        <ScanStep
          number={1}
          step="scan"
          state={first}
          isReady
          isRunning={isRunning}
          act={(key) => demoCalls.scan({ body: { signedIn: false, consent } }, { idempotencyKey: key })}
          onRequested={({ id }) => keep({ scan: id })}
        />
        <ScanStep
          number={2}
          step="login"
          state={second}
          isReady={isFree}
          isRunning={isRunning}
          act={(key) => demoCalls.scan({ body: { signedIn: true, consent } }, { idempotencyKey: key })}
          onRequested={({ id }) => keep({ login: id })}
        />
        <PatchStep
          isReady={isFree}
          isRunning={isRunning}
          isPatched={isPatched}
          onPatched={() => keep({ patched: "1" })}
        />
        <ScanStep
          number={4}
          step="rescan"
          state={third}
          isReady={isFree && isPatched}
          isRunning={isRunning}
          act={(key) =>
            newJobCalls.create(
              { body: { startUrl: `${origin}/`, memo: "Demo", consent, ...(master ? { rescanOf: master } : {}) } },
              { idempotencyKey: key },
            )
          }
          onRequested={({ id }) => keep({ rescan: id })}
        />
        <CompareStep base={master} head={repeated} />
      </ol>
    </>
  );
}

function StepFailure({ error }: { readonly error: Error }) {
  const messages = useMessages();
  const words = useDemoWords();
  return <ErrorNotice heading={words.failed} description={describeError(messages, error)} isAlert />;
}

interface ScanStepProps {
  readonly number: number;
  readonly step: DemoScan;
  readonly state: DemoScanState;
  readonly isReady: boolean;
  /** Whether a scan of the demo runs. */
  readonly isRunning: boolean;
  readonly act: (idempotencyKey: string) => Promise<{ readonly submission: Submission }>;
  readonly onRequested: (submission: Submission) => void;
}

/** A step that requests a scan, once. */
function ScanStep({ number, step, state, isReady, isRunning, act, onRequested }: ScanStepProps) {
  const words = useDemoWords();
  const search = route.useSearch();
  const client = useQueryClient();
  const { title, text, act: label } = words.steps[step];
  const isRequested = search[step] !== undefined;
  const after = step === "scan" ? "" : words.after[step];
  const requesting = useKeyedMutation({
    act: (_input: undefined, key) => act(key),
    onSuccess: ({ submission }) => {
      onRequested(submission);
      void refreshSubmissions(client);
      void refreshJobs(client);
    },
  });
  return (
    <DemoStep
      {...{ number, title, text }}
      after={isReady || isRequested ? "" : isRunning ? words.afterRunning : after}
      action={
        isRequested ? null : (
          <Button
            variant={isReady ? "primary" : "plain"}
            inert={!isReady || requesting.isPending}
            onClick={() => requesting.mutate(undefined)}
          >
            {requesting.isPending ? words.starting : label}
          </Button>
        )
      }
    >
      {requesting.isError ? <StepFailure error={requesting.error} /> : null}
      {isRequested ? <DemoOutcome state={state} title={title} /> : null}
    </DemoStep>
  );
}

interface PatchStepProps {
  readonly isReady: boolean;
  readonly isRunning: boolean;
  readonly isPatched: boolean;
  readonly onPatched: () => void;
}

function PatchStep({ isReady, isRunning, isPatched, onPatched }: PatchStepProps) {
  const words = useDemoWords();
  const { list, bracketed } = useFormats();
  const { title, text, act } = words.steps.patch;
  const patching = useMutation({ mutationFn: () => demoCalls.patch({ body: {} }), onSuccess: onPatched });
  const names =
    patching.data?.patched.map(({ item, path, parameter }) => `${item} ${path}${bracketed(parameter)}`) ?? [];
  return (
    <DemoStep
      {...{ number: 3, title, text }}
      after={isReady || isPatched ? "" : isRunning ? words.afterRunning : words.after.patch}
      action={
        isPatched ? null : (
          <Button
            variant={isReady ? "primary" : "plain"}
            inert={!isReady || patching.isPending}
            onClick={() => patching.mutate()}
          >
            {act}
          </Button>
        )
      }
    >
      {patching.isError ? <StepFailure error={patching.error} /> : null}
      {names.length === 0 ? null : <p role="status">{words.patched(list(names))}</p>}
    </DemoStep>
  );
}

interface CompareStepProps {
  readonly base: string | undefined;
  readonly head: string | undefined;
}

function CompareStep({ base, head }: CompareStepProps) {
  const words = useDemoWords();
  const { title, text, act } = words.steps.compare;
  const isReady = base !== undefined && head !== undefined;
  return (
    <DemoStep
      {...{ number: 5, title, text }}
      after={isReady ? "" : words.after.compare}
      action={
        isReady ? (
          <Link className={buttonClass("primary")} to="/compare" search={{ base, head }}>
            {act}
          </Link>
        ) : (
          <Button inert>{act}</Button>
        )
      }
    />
  );
}
