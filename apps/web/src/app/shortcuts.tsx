import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useMay } from "../api/session-query.ts";
import { useCopy } from "../ui/copy-button.tsx";
import { lazyDialog } from "../ui/lazy-dialog.tsx";
import { LazyKeyHelp } from "./lazy-key-help.ts";
import { usePreferences } from "./preferences-context.tsx";
import { type Command, commandOf, isGoTo } from "./shortcut-keys.ts";

const GoToDialog = lazyDialog(async () => (await import("./go-to-dialog.tsx")).GoToDialog);

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"))
  );
}

const row = "[data-row]";
const finding = "[data-finding]";

/** Where a step starts: the focused row or finding, else the open one. */
function currentStop(selector: string): HTMLElement | null {
  return (
    document.activeElement?.closest<HTMLElement>(selector) ??
    document.querySelector<HTMLElement>("[data-finding][aria-current]")
  );
}

/** Moves the focus to the next or previous element that matches a selector; without a current one, to the first or last. */
function step(selector: string, by: 1 | -1): void {
  // Walks from the current element instead of collecting all: a list may have tens of thousands of rows.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT, (node) =>
    node instanceof HTMLElement && node.matches(selector) && node.checkVisibility()
      ? NodeFilter.FILTER_ACCEPT
      : NodeFilter.FILTER_SKIP,
  );
  const from = currentStop(selector);
  if (from !== null) walker.currentNode = from;
  else if (by === -1) walker.currentNode = document.body.lastElementChild ?? document.body;
  const next = by === 1 ? walker.nextNode() : walker.previousNode();
  if (!(next instanceof HTMLElement)) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/** The finding that has the focus or contains the focused element. */
function findingInFocus(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>("[data-finding], [data-finding-shown]") ?? null;
}

/** Goes to another finding: opens it where one is open beside a list, else moves the focus. */
function stepFinding(by: 1 | -1): void {
  const button = document.querySelector<HTMLElement>(by === 1 ? "[data-next-finding]" : "[data-previous-finding]");
  if (button === null) step(finding, by);
  else button.click();
}

/** Opens all folded evidence of a finding; when none is folded, folds all of it. */
function toggleEvidence(): void {
  const inFocus = [findingInFocus(), document.querySelector("[data-finding-shown]")];
  const folds = inFocus
    .map((place) => [...(place?.querySelectorAll<HTMLDetailsElement>("[data-evidence]") ?? [])])
    .find(({ length }) => length > 0);
  const isAllOpen = folds?.every(({ open }) => open) ?? true;
  for (const fold of folds ?? []) fold.open = !isAllOpen;
}

/** The URL of the focused finding, else of the page as shown. */
function addressInFocus(): string {
  const { finding: number, findingShown } = findingInFocus()?.dataset ?? {};
  const name = number ?? findingShown;
  return name === undefined ? location.href : `${location.origin}${location.pathname}#${name}`;
}

function inFocusedRow(selector: string): HTMLElement | null {
  return document.activeElement?.closest("tr, li, [role=row]")?.querySelector<HTMLElement>(selector) ?? null;
}

export function Shortcuts() {
  const navigate = useNavigate();
  const { areKeysOn } = usePreferences();
  const mayCreate = useMay("jobs.create");
  const mayReadAudit = useMay("audit.list");
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isGoToOpen, setGoToOpen] = useState(false);
  const copy = useCopy();
  const prefix = useRef(0);
  useEffect(() => {
    const run: Readonly<Record<Command, () => void>> = {
      search: () => document.querySelector<HTMLElement>("[data-search]")?.focus(),
      newJob: () => {
        if (mayCreate) void navigate({ to: "/jobs/new" });
      },
      nextRow: () => step(`${row}, ${finding}`, 1),
      previousRow: () => step(`${row}, ${finding}`, -1),
      select: () => inFocusedRow("[data-select]")?.click(),
      scanAgain: () => inFocusedRow("[data-scan-again]")?.click(),
      nextFinding: () => stepFinding(1),
      previousFinding: () => stepFinding(-1),
      toggleEvidence,
      copyLink: () => void copy(addressInFocus()),
      goOverview: () => void navigate({ to: "/" }),
      goJobs: () => void navigate({ to: "/jobs" }),
      goTargets: () => void navigate({ to: "/targets" }),
      goSchedules: () => void navigate({ to: "/schedules" }),
      goAudit: () => {
        if (mayReadAudit) void navigate({ to: "/audit" });
      },
      goSettings: () => void navigate({ to: "/settings" }),
      help: () => setHelpOpen(true),
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      // With a modifier it is no single-key shortcut, so it works while typing and when those are off.
      if (isGoTo(event) && !document.querySelector("dialog[open]")) {
        event.preventDefault();
        setGoToOpen(true);
        return;
      }
      if (!areKeysOn || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (event.isComposing || event.keyCode === 229 || isTyping(event.target)) return;
      if (document.querySelector("dialog[open]")) return;
      const isAfterG = Date.now() - prefix.current < 1000;
      prefix.current = event.code === "KeyG" ? Date.now() : 0;
      const command = commandOf(event, isAfterG);
      if (command === null) return;
      event.preventDefault();
      run[command]();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [areKeysOn, mayCreate, mayReadAudit, navigate, copy]);
  return (
    <>
      {isHelpOpen ? <LazyKeyHelp onClose={() => setHelpOpen(false)} /> : null}
      {isGoToOpen ? <GoToDialog onClose={() => setGoToOpen(false)} /> : null}
    </>
  );
}
