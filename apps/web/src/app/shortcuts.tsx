import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useMay } from "../api/session-query.ts";
import { useCopy } from "../ui/copy-button.tsx";
import { KeyHelp } from "./key-help.tsx";
import { usePreferences } from "./preferences-context.tsx";
import { type Command, commandOf } from "./shortcut-keys.ts";

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"))
  );
}

const row = "[data-row]";
const finding = "[data-finding]";

/** Moves the focus along what a selector names; from nowhere it begins at the first, or the last. */
function step(selector: string, by: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(selector)];
  const { activeElement } = document;
  const now = all.findIndex((item) => item.contains(activeElement));
  let next = now === -1 && by === -1 ? all.length - 1 : now + by;
  while (all[next]?.checkVisibility() === false) next += by;
  all[next]?.focus();
  all[next]?.scrollIntoView({ block: "nearest" });
}

/** The finding that has the focus, or holds what has it. */
function findingInFocus(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>(finding) ?? null;
}

/** Opens whatever evidence of a finding is folded; when nothing is, folds all of it. */
function toggleEvidence(): void {
  const folds = [...(findingInFocus()?.querySelectorAll<HTMLDetailsElement>("[data-evidence]") ?? [])];
  const isAllOpen = folds.every(({ open }) => open);
  for (const fold of folds) fold.open = !isAllOpen;
}

/** The address of the finding in focus, or else of the page as it is shown. */
function addressInFocus(): string {
  const number = findingInFocus()?.id;
  return number === undefined ? location.href : `${location.origin}${location.pathname}#${number}`;
}

function inFocusedRow(selector: string): HTMLElement | null {
  return document.activeElement?.closest("tr, li")?.querySelector<HTMLElement>(selector) ?? null;
}

export function Shortcuts() {
  const navigate = useNavigate();
  const { areKeysOn } = usePreferences();
  const mayCreate = useMay("jobs.create");
  const mayReadAudit = useMay("audit.list");
  const [isHelpOpen, setHelpOpen] = useState(false);
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
      nextFinding: () => step(finding, 1),
      previousFinding: () => step(finding, -1),
      toggleEvidence,
      copyLink: () => void copy(addressInFocus()),
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
  return isHelpOpen ? <KeyHelp onClose={() => setHelpOpen(false)} /> : null;
}
