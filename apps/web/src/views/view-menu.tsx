import { useQuery } from "@tanstack/react-query";
import type { SavedView, ViewList } from "@wsc-dashboard/wsc-core";
import { ChevronDown } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { viewsQuery } from "../api/view-queries.ts";
import { describeError } from "../messages/error-text.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { useViewWords } from "../messages/use-view-words.ts";
import { lazyDialog } from "../ui/lazy-dialog.tsx";
import { placeBelow } from "../ui/place-below.ts";
import { PlainText } from "../ui/plain-text.tsx";
import { keptSearch, viewOfSearch, viewToOpen } from "./view-search.ts";

const LazySaveDialog = lazyDialog(async () => (await import("./save-view-dialog.tsx")).SaveViewDialog);
const LazyManageDialog = lazyDialog(async () => (await import("./manage-views-dialog.tsx")).ManageViewsDialog);

export interface ViewMenuProps {
  readonly list: ViewList;
  /** The search parameters of the address. */
  readonly search: object;
  /** Navigates to the list with other search parameters. */
  readonly onOpen: (search: Readonly<Record<string, string>>) => void;
}

/** The saved views of a list: a button that opens them, with their actions. */
export function ViewMenu({ list, search, onOpen }: ViewMenuProps) {
  const words = useViewWords();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [dialog, setDialog] = useState<"save" | "manage" | null>(null);
  const { data: views = [], error } = useQuery(viewsQuery(list));
  const current = viewOfSearch(views, search);
  useOpenedView(views, search, onOpen);
  const choose = (act: () => void): void => {
    panel.current?.hidePopover();
    act();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`button button-plain no-print${current === undefined ? "" : " facet-button-chosen"}`}
        popoverTarget={id}
      >
        <span className="visually-hidden">{current === undefined ? "" : `${words.menu}: `}</span>
        <span className="ellipsis max-w-40">
          {current === undefined ? words.menu : <PlainText text={current.name} />}
        </span>
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className="facet-panel"
        onToggle={({ newState }) => {
          if (newState === "open") placeBelow(panel.current, button.current);
        }}
      >
        <ViewChoice
          views={views}
          current={current}
          error={error}
          onOpen={(next) => choose(() => onOpen(next))}
          onDialog={(next) => choose(() => setDialog(next))}
        />
      </div>
      {dialog === "save" ? (
        <LazySaveDialog list={list} search={keptSearch(search)} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === "manage" ? (
        <LazyManageDialog list={list} search={keptSearch(search)} onClose={() => setDialog(null)} />
      ) : null}
    </>
  );
}

/** Opens a list with its default view once, and with the view that its address names. */
function useOpenedView(views: readonly SavedView[], search: object, onOpen: ViewMenuProps["onOpen"]): void {
  const isDone = useRef(Object.keys(keptSearch(search)).length > 0);
  const isNamed = "view" in search && search.view !== undefined;
  useEffect(() => {
    if (views.length === 0 || (isDone.current && !isNamed)) return;
    isDone.current = true;
    const view = viewToOpen(views, search);
    if (view !== undefined) onOpen(keptSearch(view.search));
  }, [views, search, isNamed, onOpen]);
}

interface ViewChoiceProps {
  readonly views: readonly SavedView[];
  readonly current: SavedView | undefined;
  readonly error: Error | null;
  readonly onOpen: ViewMenuProps["onOpen"];
  readonly onDialog: (dialog: "save" | "manage") => void;
}

function ViewChoice({ views, current, error, onOpen, onDialog }: ViewChoiceProps) {
  const messages = useMessages();
  const words = useViewWords();
  const own = views.filter(({ isOwn }) => isOwn);
  const others = views.filter(({ isOwn }) => !isOwn);
  return (
    <>
      {error === null ? null : (
        <p className="hint">
          {words.failed}. {describeError(messages, error).title}
        </p>
      )}
      {views.length === 0 && error === null ? <p className="hint">{words.none}</p> : null}
      {[
        [words.own, own],
        [words.shared, others],
      ].map(([title, some]) =>
        some === undefined || some.length === 0 ? null : (
          <section key={String(title)} aria-label={String(title)}>
            <p className="hint">{String(title)}</p>
            <ul className="facet-values">
              {(some as readonly SavedView[]).map((view) => (
                <li key={view.id}>
                  <button type="button" aria-pressed={view === current} onClick={() => onOpen(keptSearch(view.search))}>
                    <PlainText text={view.name} className="facet-name" />
                    <span className="muted">
                      {[view.isDefault ? words.isDefault : "", view.isOwn ? "" : words.byOwner(view.owner)]
                        .filter((text) => text !== "")
                        .join(" · ")}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ),
      )}
      <ul className="facet-values view-actions">
        {current === undefined ? null : (
          <li>
            <button type="button" onClick={() => onOpen({})}>
              {words.all}
            </button>
          </li>
        )}
        <li>
          <button type="button" aria-haspopup="dialog" onClick={() => onDialog("save")}>
            {words.save}
          </button>
        </li>
        {views.length === 0 ? null : (
          <li>
            <button type="button" aria-haspopup="dialog" onClick={() => onDialog("manage")}>
              {words.manage}
            </button>
          </li>
        )}
      </ul>
    </>
  );
}
