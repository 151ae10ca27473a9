import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { limits, type SavedView } from "@wsc-dashboard/wsc-core";
import { type FormEvent, useState } from "react";
import { useMay, useSession } from "../api/session-query.ts";
import { removeView, setDefaultView, shareView, updateView, viewsQuery } from "../api/view-queries.ts";
import { describeError } from "../messages/error-text.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { useViewWords } from "../messages/use-view-words.ts";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/control.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { PlainText, withVisibleControls } from "../ui/plain-text.tsx";
import { useToast } from "../ui/toaster.tsx";
import type { ViewDialogProps } from "./save-view-dialog.tsx";

/** Renames, shares, replaces and deletes the views of a list, and sets its default view. */
export function ManageViewsDialog({ list, search, onClose }: ViewDialogProps) {
  const messages = useMessages();
  const words = useViewWords();
  const client = useQueryClient();
  const toast = useToast();
  const { data: views = [] } = useQuery(viewsQuery(list));
  const acting = useMutation({
    mutationFn: ({ act }: { readonly act: () => Promise<unknown>; readonly done: string }) => act(),
    onSuccess: (_, { done }) => toast(done),
    onSettled: () => void client.invalidateQueries({ queryKey: ["views", list] }),
  });
  const run = (act: () => Promise<unknown>, done = words.changed): void => {
    if (!acting.isPending) acting.mutate({ act, done });
  };
  return (
    <Dialog title={words.manageTitle} onClose={onClose} footer={<Button onClick={onClose}>{words.close}</Button>}>
      {acting.error === null ? null : (
        <ErrorNotice heading={words.failed} description={describeError(messages, acting.error)} isAlert />
      )}
      {views.length === 0 ? <p className="max-w-168 text-text-2">{words.none}</p> : null}
      <ul>
        {views.map((view) => (
          <ManagedView key={`${view.id} ${view.version}`} view={view} search={search} onRun={run} />
        ))}
      </ul>
    </Dialog>
  );
}

interface ManagedViewProps {
  readonly view: SavedView;
  readonly search: ViewDialogProps["search"];
  readonly onRun: (act: () => Promise<unknown>, done?: string) => void;
}

function ManagedView({ view, search, onRun }: ManagedViewProps) {
  const words = useViewWords();
  const { user } = useSession();
  const mayShare = useMay("views.share");
  const [name, setName] = useState(view.name);
  const [isSure, setSure] = useState(false);
  const { id, list, isShared, isDefault, isOwn, version } = view;
  const mayChange = isOwn || user.roles.includes("admin");
  const shown = withVisibleControls(view.name);
  const label = (action: string): { readonly "aria-label": string } => ({
    "aria-label": words.actionOf(action, shown),
  });
  const rename = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== "" && name !== view.name) onRun(() => updateView(id, { name, search: view.search }, version));
  };
  return (
    <li className="grid gap-1 border-b border-hairline py-3">
      {mayChange ? (
        <form className="flex flex-wrap gap-x-2 gap-y-1" onSubmit={rename}>
          <Input
            className="min-w-40 flex-1"
            aria-label={words.renameOf(shown)}
            autoComplete="off"
            maxLength={limits.viewNameLength}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <Button type="submit" inert={name.trim() === "" || name === view.name} {...label(words.rename)}>
            {words.rename}
          </Button>
        </form>
      ) : (
        <PlainText text={view.name} className="font-bold" />
      )}
      {isOwn ? null : <p className="max-w-168 text-text-2">{words.byOwner(withVisibleControls(view.owner))}</p>}
      <div className="-ms-3 flex flex-wrap gap-y-1">
        <Button
          variant="quiet"
          {...label(isDefault ? words.unsetDefault : words.setDefault)}
          onClick={() => onRun(() => setDefaultView(list, isDefault ? null : id))}
        >
          {isDefault ? words.unsetDefault : words.setDefault}
        </Button>
        {mayChange && Object.keys(search).length > 0 ? (
          <Button
            variant="quiet"
            {...label(words.overwrite)}
            onClick={() => onRun(() => updateView(id, { name: view.name, search }, version))}
          >
            {words.overwrite}
          </Button>
        ) : null}
        {mayChange && mayShare ? (
          <Button
            variant="quiet"
            {...label(isShared ? words.unshare : words.share)}
            onClick={() => onRun(() => shareView(id, !isShared))}
          >
            {isShared ? words.unshare : words.share}
          </Button>
        ) : null}
        {mayChange ? (
          <Button
            variant="quiet"
            {...label(isSure ? words.removeSure : words.remove)}
            onClick={() => (isSure ? onRun(() => removeView(id), words.removed) : setSure(true))}
          >
            {isSure ? words.removeSure : words.remove}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
