import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useMay } from "../api/session-query.ts";
import { KeyHelp } from "./key-help.tsx";
import { usePreferences } from "./preferences-context.tsx";
import { type Command, commandOf } from "./shortcut-keys.ts";

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"))
  );
}

/** Moves the focus along elements marked with the attribute; from nowhere it begins at the first. */
function step(attribute: string, by: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(`[${attribute}]`)].filter((item) => item.checkVisibility());
  const now = all.findIndex((item) => item === document.activeElement || item.contains(document.activeElement));
  const next = all[now === -1 ? (by === 1 ? 0 : all.length - 1) : now + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function inFocusedRow(selector: string): HTMLElement | null {
  return document.activeElement?.closest("tr, li")?.querySelector<HTMLElement>(selector) ?? null;
}

export function Shortcuts() {
  const navigate = useNavigate();
  const { areKeysOn } = usePreferences();
  const mayCreate = useMay("jobs.create");
  const [isHelpOpen, setHelpOpen] = useState(false);
  const prefix = useRef(0);
  useEffect(() => {
    const run: Readonly<Record<Command, () => void>> = {
      search: () => document.querySelector<HTMLElement>("[data-search]")?.focus(),
      newJob: () => {
        if (mayCreate) void navigate({ to: "/jobs/new" });
      },
      nextRow: () => step("data-row", 1),
      previousRow: () => step("data-row", -1),
      select: () => inFocusedRow("[data-select]")?.click(),
      scanAgain: () => inFocusedRow("[data-scan-again]")?.click(),
      nextFinding: () => step("data-finding", 1),
      previousFinding: () => step("data-finding", -1),
      goJobs: () => void navigate({ to: "/jobs" }),
      goSchedules: () => void navigate({ to: "/schedules" }),
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
  }, [areKeysOn, mayCreate, navigate]);
  return isHelpOpen ? <KeyHelp onClose={() => setHelpOpen(false)} /> : null;
}
