import { Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { ChoiceGroup } from "../forms/choice-group.tsx";
import { ErrorSummary } from "../forms/error-summary.tsx";
import { Field } from "../forms/field.tsx";
import { isLanguage, loadMessages } from "../messages/language.ts";
import { WordingContext } from "../messages/messages-context.tsx";
import { createWording } from "../messages/wording.ts";
import { Actions } from "../ui/actions.tsx";
import { Badge, type BadgeTone } from "../ui/badge.tsx";
import { Button, type ButtonVariant, buttonClass, iconButtonClass, linkButtonClass } from "../ui/button.tsx";
import { ButtonPaging } from "../ui/button-paging.tsx";
import { ChoiceLine } from "../ui/choice-line.tsx";
import { Input, Select, TextArea } from "../ui/control.tsx";
import { Counter } from "../ui/counter.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { FactList, FactRow } from "../ui/fact-list.tsx";
import { FileInput } from "../ui/file-input.tsx";
import { Menu, MenuItem, MenuList } from "../ui/menu.tsx";
import { Notice, type NoticeTone } from "../ui/notice.tsx";
import { NoticeLine } from "../ui/notice-line.tsx";
import { Kicker, PageHead } from "../ui/page-head.tsx";
import { ProgressBar } from "../ui/progress-bar.tsx";
import { Stat, StatList, statLinkClass } from "../ui/stat.tsx";
import { Table } from "../ui/table.tsx";
import { Toggle } from "../ui/toggle.tsx";
import "../styles/index.css";

const variants: readonly ButtonVariant[] = ["plain", "primary", "danger", "quiet"];
const badgeTones: readonly BadgeTone[] = ["high", "medium", "low", "done", "neutral"];
const noticeTones: readonly NoticeTone[] = ["neutral", "medium", "high"];
const nothing = (): void => undefined;

const error = {
  title: "The list could not be read.",
  next: "Try again in a minute.",
  code: "UPSTREAM_UNREACHABLE",
  requestId: "0f3a9c1e",
  upstreamMessage: "connection refused",
  isKnown: false,
} as const;

function Buttons() {
  return (
    <>
      <Actions>
        {variants.map((variant) => (
          <Button key={variant} variant={variant}>
            {variant}
          </Button>
        ))}
      </Actions>
      <Actions className="mt-4">
        {variants.map((variant) => (
          <Button key={variant} variant={variant} inert>
            {variant}, not now
          </Button>
        ))}
      </Actions>
      <Actions className="mt-4">
        <a className={buttonClass("primary")} href="#link">
          Open the report
        </a>
        <button type="button" className={iconButtonClass} aria-label="Remove">
          <Trash2 size={16} strokeWidth={1.75} aria-hidden="true" />
        </button>
        <button type="button" className={linkButtonClass}>
          Among text
        </button>
      </Actions>
      <div className="mt-4">
        <ButtonPaging page={4} pageCount={9} label="Pages" onPage={nothing} />
      </div>
    </>
  );
}

function Fields() {
  return (
    <>
      <ErrorSummary attempt={0} entries={[{ key: "url", text: "Enter an address.", where: "Target", onGo: nothing }]} />
      <Field label="Start URL" hint="Where crawling begins." anchor="url" isRequired>
        {(control) => <Input {...control} placeholder="https://www.example.com/" />}
      </Field>
      <Field label="Start URL" anchor="wrong" errors={["Enter an address.", "It begins with https."]}>
        {(control) => <Input {...control} className="mono" defaultValue="www.example.com" />}
      </Field>
      <Field label="Address of the page" anchor="fixed">
        {(control) => <Input {...control} className="mono" readOnly value="https://www.example.com/login" />}
      </Field>
      <Field label="Time" anchor="time">
        {(control) => <Input {...control} isShort type="time" defaultValue="02:00" />}
      </Field>
      <Field label="Excluded URLs" anchor="lines">
        {(control) => <TextArea {...control} rows={3} defaultValue="https://www.example.com/logout" />}
      </Field>
      <Field label="User agent" anchor="agent">
        {(control) => (
          <Select {...control} defaultValue="PC Chrome">
            <option>PC Chrome</option>
            <option>Mobile Safari</option>
          </Select>
        )}
      </Field>
      <ChoiceGroup
        legend="When"
        anchor="when"
        value="now"
        onChange={nothing}
        errors={["Choose a time."]}
        choices={[
          { value: "now", name: "Now", hint: "As soon as a place is free." },
          { value: "at", name: "At a time" },
        ]}
      />
      <Field label="File" anchor="file">
        {(control) => <FileInput {...control} />}
      </Field>
      <div className="mt-5">
        <Toggle defaultChecked>High</Toggle>
        <Toggle>Low</Toggle>
        <Toggle isLine>With the checks that found nothing</Toggle>
      </div>
      <ChoiceLine>
        <input id="keys" type="checkbox" defaultChecked />
        <label htmlFor="keys">Shortcuts</label>
        <p className="text-text-2">Single keys do something outside of fields.</p>
      </ChoiceLine>
    </>
  );
}

function Notices() {
  return (
    <>
      <Actions>
        {badgeTones.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
      </Actions>
      {noticeTones.map((tone) => (
        <Notice key={tone} tone={tone}>
          <p>A notice of the tone “{tone}”.</p>
          <Actions className="mt-2">
            <Button>Start over</Button>
          </Actions>
        </Notice>
      ))}
      <NoticeLine
        label="Notices"
        notices={[
          { key: "one", tone: "medium", title: "Two reports expire this month.", body: <p>www.example.com</p> },
          { key: "two", tone: "high", title: "One request needs a decision." },
        ]}
      />
      <ErrorNotice heading="Jobs" description={error} onRetry={nothing} note="It was read at 10:00 last." />
      <EmptyState title="There are no jobs yet." actions={<Button variant="primary">New job</Button>}>
        <p>A job scans one target.</p>
      </EmptyState>
      <p>
        <ProgressBar percent={40} label="Scanning" valueText="40 %" />{" "}
        <ProgressBar percent={70} label="Scanning, out of date" valueText="70 %" stale />
      </p>
    </>
  );
}

const rows = [
  { check: "SQL injection", found: 3 },
  { check: "Cross-site scripting", found: 0 },
] as const;

function Tables() {
  return (
    <>
      <Kicker>
        <a href="#jobs">Jobs</a> / 7000001
      </Kicker>
      <PageHead>
        <h1 className="text-h1">
          Report <Counter>12</Counter>
        </h1>
        <Actions>
          <Button>Export</Button>
        </Actions>
      </PageHead>
      <StatList>
        <Stat name="High">1,204</Stat>
        <Stat name="Medium" note="31 the month before">
          <a className={statLinkClass} href="#medium">
            18
          </a>
        </Stat>
        <Stat name="Not counted yet">–</Stat>
      </StatList>
      <h2 className="mt-9 mb-2 text-h2">Checks</h2>
      <Table
        caption="Checks"
        className="table"
        rows={rows}
        keyOf={({ check }) => check}
        columns={[
          { key: "check", head: "Check", cell: ({ check }) => check, isRowHeading: true },
          { key: "found", head: "Found", cell: ({ found }) => found, className: "text-end", sorted: "descending" },
        ]}
      />
      <h2 className="mt-9 mb-2 text-h2">Facts</h2>
      <FactList>
        <dt>Target</dt>
        <dd>www.example.com</dd>
        <dt>Memo</dt>
        <dd>Before the release</dd>
      </FactList>
      <FactList isWide isSplit className="mt-4">
        {["Started", "Ended", "URLs", "Findings"].map((name) => (
          <FactRow key={name}>
            <dt>{name}</dt>
            <dd>–</dd>
          </FactRow>
        ))}
      </FactList>
    </>
  );
}

function OpenDialog({ kind }: { readonly kind: "box" | "sheet" }) {
  return (
    <Dialog
      kind={kind}
      title="Cancel the job?"
      onClose={nothing}
      footer={
        <>
          <Button>Keep it</Button>
          <Button variant="danger">Cancel the job</Button>
        </>
      }
    >
      <p>It has not begun; nothing is charged.</p>
      <Notice tone="medium">The target is scanned again on Monday.</Notice>
    </Dialog>
  );
}

function OpenMenu() {
  return (
    <Menu label="Views" buttonClassName={buttonClass()}>
      {(close) => (
        <>
          <MenuList>
            <MenuItem isChosen note="opens first" onClick={close}>
              Payment targets
            </MenuItem>
            <MenuItem note={12} onClick={close}>
              A name that is much longer than what the others are called, so that it needs a second line
            </MenuItem>
          </MenuList>
          <MenuList isApart>
            <MenuItem onClick={close}>Save as a view…</MenuItem>
          </MenuList>
        </>
      )}
    </Menu>
  );
}

const parts: Readonly<Record<string, ReactNode>> = {
  buttons: <Buttons />,
  fields: <Fields />,
  notices: <Notices />,
  tables: <Tables />,
  menu: <OpenMenu />,
  dialog: <OpenDialog kind="box" />,
  sheet: <OpenDialog kind="sheet" />,
};

/** The primitives in each state, for pictures: `?part=buttons&language=ko`. */
async function showPart(): Promise<void> {
  const query = new URLSearchParams(location.search);
  const wanted = query.get("language") ?? "";
  const language = isLanguage(wanted) ? wanted : "en";
  const messages = await loadMessages(language);
  document.documentElement.lang = language;
  const root = document.getElementById("root");
  if (root === null) return;
  root.className = "mx-auto max-w-360 px-4 pt-5 pb-16";
  createRoot(root).render(
    <WordingContext value={createWording(language, messages, "Asia/Seoul")}>
      {parts[query.get("part") ?? "buttons"]}
    </WordingContext>,
  );
}

void showPart();
