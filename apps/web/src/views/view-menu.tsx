import { useQuery } from "@tanstack/react-query";
import type { SavedView, ViewList } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef, useState } from "react";
import { viewsQuery } from "../api/view-queries.ts";
import { describeError } from "../messages/error-text.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { useViewWords } from "../messages/use-view-words.ts";
import { buttonClass } from "../ui/button.tsx";
import { lazyDialog } from "../ui/lazy-dialog.tsx";
import { Menu, MenuItem, MenuList } from "../ui/menu.tsx";
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
  const [dialog, setDialog] = useState<"save" | "manage" | null>(null);
  const { data: views = [], error } = useQuery(viewsQuery(list));
  const current = viewOfSearch(views, search);
  useOpenedView(views, search, onOpen);
  return (
    <>
      <Menu
        label={
          <>
            <span className="sr-only">{current === undefined ? "" : `${words.menu}: `}</span>
            <span className="inline-block max-w-40 truncate align-bottom">
              {current === undefined ? words.menu : <PlainText text={current.name} />}
            </span>
          </>
        }
        buttonClassName={`${buttonClass()} print:hidden ${current === undefined ? "" : "bg-accent-soft!"}`}
      >
        {(close) => (
          <ViewChoice
            views={views}
            current={current}
            error={error}
            onOpen={(next) => {
              close();
              onOpen(next);
            }}
            onDialog={(next) => {
              close();
              setDialog(next);
            }}
          />
        )}
      </Menu>
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
        <p className="max-w-168 text-text-2">
          {words.failed}. {describeError(messages, error).title}
        </p>
      )}
      {views.length === 0 && error === null ? <p className="max-w-168 text-text-2">{words.none}</p> : null}
      {[
        [words.own, own],
        [words.shared, others],
      ].map(([title, some]) =>
        some === undefined || some.length === 0 ? null : (
          <section key={String(title)} aria-label={String(title)}>
            <p className="px-2 pt-1 text-text-3">{String(title)}</p>
            <MenuList>
              {(some as readonly SavedView[]).map((view) => (
                <MenuItem
                  key={view.id}
                  isChosen={view === current}
                  note={[view.isDefault ? words.isDefault : "", view.isOwn ? "" : words.byOwner(view.owner)]
                    .filter((text) => text !== "")
                    .join(" · ")}
                  onClick={() => onOpen(keptSearch(view.search))}
                >
                  <PlainText text={view.name} />
                </MenuItem>
              ))}
            </MenuList>
          </section>
        ),
      )}
      <MenuList isApart>
        {current === undefined ? null : <MenuItem onClick={() => onOpen({})}>{words.all}</MenuItem>}
        <MenuItem aria-haspopup="dialog" onClick={() => onDialog("save")}>
          {words.save}
        </MenuItem>
        {views.length === 0 ? null : (
          <MenuItem aria-haspopup="dialog" onClick={() => onDialog("manage")}>
            {words.manage}
          </MenuItem>
        )}
      </MenuList>
    </>
  );
}
