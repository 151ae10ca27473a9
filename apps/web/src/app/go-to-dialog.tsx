import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type KeyboardEvent, useId, useState } from "react";
import { useMay } from "../api/session-query.ts";
import { targetsQuery } from "../api/target-query.ts";
import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { useHelpWords } from "../messages/use-help-words.ts";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/control.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { findDestinations } from "./go-to-results.ts";

/** Goes to a page, a target or a job by its name or number: a combobox whose list stays open (ARIA Authoring Practices, list autocomplete). */
export function GoToDialog({ onClose }: { readonly onClose: () => void }) {
  const { shell } = useMessages();
  const words = useHelpWords();
  const { number } = useFormats();
  const router = useRouter();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [wanted, setWanted] = useState(0);
  const pages = usePages();
  const { data } = useQuery({ ...targetsQuery, refetchInterval: false, retry: false });
  const hosts = data?.targets.map(({ host }) => host) ?? [];
  const found = findDestinations(typed, pages, hosts, words.goToJob);
  const active = Math.min(wanted, found.length - 1);
  const optionId = (index: number): string => `${id}option${index}`;
  const go = (path: string): void => {
    onClose();
    void router.navigate({ to: path });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const by = steps[event.key];
    const destination = found[active];
    if (by !== undefined && found.length > 0) setWanted((active + by + found.length) % found.length);
    else if (event.key === "Enter" && destination !== undefined) go(destination.path);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={words.goToTitle} onClose={onClose} footer={<Button onClick={onClose}>{shell.close}</Button>}>
      <label className="block font-bold" htmlFor={id}>
        {words.goToLabel}
      </label>
      <Input
        id={id}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={found.length > 0}
        aria-controls={`${id}list`}
        {...(found.length > 0 ? { "aria-activedescendant": optionId(active) } : {})}
        autoComplete="off"
        spellCheck={false}
        maxLength={300}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setWanted(0);
        }}
        onKeyDown={onKeyDown}
      />
      <p className="sr-only" role="status">
        {words.goToResults(found.length, number(found.length))}
      </p>
      {found.length === 0 ? <p className="text-text-3">{words.goToNone}</p> : null}
      <div id={`${id}list`} role="listbox" aria-label={words.goToTitle} className="mt-2" hidden={found.length === 0}>
        {found.map(({ name, path }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys belong to the field, which keeps the focus
          <div
            key={path}
            id={optionId(index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className="cursor-pointer rounded-sm px-2 py-1.5 hover:bg-accent-soft aria-selected:bg-accent-soft forced-colors:aria-selected:outline-2 forced-colors:aria-selected:-outline-offset-2"
            onClick={() => go(path)}
          >
            {name}
          </div>
        ))}
      </div>
    </Dialog>
  );
}

function usePages() {
  const { shell } = useMessages();
  const { keyList, title } = useHelpWords();
  const mayCreate = useMay("jobs.create");
  const mayReadAudit = useMay("audit.list");
  return [
    { name: shell.overview, path: "/" },
    { name: shell.jobs, path: "/jobs" },
    ...(mayCreate ? [{ name: keyList.newJob, path: "/jobs/new" }] : []),
    { name: shell.targets, path: "/targets" },
    { name: shell.schedules, path: "/schedules" },
    ...(mayReadAudit ? [{ name: shell.audit, path: "/audit" }] : []),
    { name: shell.settings, path: "/settings" },
    { name: title, path: "/help" },
  ];
}
