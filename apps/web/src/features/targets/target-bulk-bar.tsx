import { useMutation } from "@tanstack/react-query";
import type { Target } from "@wsc-dashboard/wsc-core";
import { useEffect, useState } from "react";
import { useMay } from "../../api/session-query.ts";
import { fetchTargetFile } from "../../api/target-query.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { usePlanWords } from "../../messages/use-plan-words.ts";
import { useTargetDetailWords } from "../../messages/use-target-detail-words.ts";
import { useAnnounce } from "../../ui/announcer.tsx";
import { Button } from "../../ui/button.tsx";
import { lazyDialog } from "../../ui/lazy-dialog.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { SelectionBar } from "../../ui/selection-bar.tsx";
import { useToast } from "../../ui/toaster.tsx";
import type { Selection } from "../../ui/use-selection.ts";

const LazyPlanDialog = lazyDialog(async () => (await import("./plan-dialog.tsx")).PlanDialog);
const LazyDescribeMany = lazyDialog(async () => (await import("./describe-many-dialog.tsx")).DescribeManyDialog);

/** What can be done with the selected targets. */
export function TargetBulkBar({ selection }: { readonly selection: Selection<Target> }) {
  const messages = useMessages();
  const words = useTargetDetailWords();
  const { open: planWord } = usePlanWords();
  const { number } = useFormats();
  const announce = useAnnounce();
  const toast = useToast();
  const mayPlan = useMay("plans.preview");
  const mayDescribe = useMay("targets.describe");
  const [opened, setOpened] = useState<"plan" | "describe" | null>(null);
  const { chosen } = selection;
  const hosts = chosen.map(({ host }) => host);
  const text = words.selected(chosen.length, number(chosen.length));
  useEffect(() => announce(text), [announce, text]);
  const saving = useMutation({
    mutationFn: () => fetchTargetFile(hosts),
    onSuccess: (file) => {
      saveFile(file);
      toast(words.exportDone(file.fileName));
    },
  });
  const close = (): void => setOpened(null);
  return (
    <SelectionBar label={words.selectionBar} text={text} clearText={words.clearSelection} onClear={selection.clear}>
      {mayPlan ? (
        <Button aria-haspopup="dialog" onClick={() => setOpened("plan")}>
          {planWord}
        </Button>
      ) : null}
      {mayDescribe ? (
        <Button aria-haspopup="dialog" onClick={() => setOpened("describe")}>
          {words.describeMany}
        </Button>
      ) : null}
      <Button inert={saving.isPending} onClick={() => saving.mutate()}>
        {words.exportFile}
      </Button>
      {saving.isError ? (
        <span className="text-high-text" role="alert">
          {describeError(messages, saving.error).title}
        </span>
      ) : null}
      {opened === "plan" ? <LazyPlanDialog hosts={hosts} onClose={close} /> : null}
      {opened === "describe" ? <LazyDescribeMany targets={chosen} onClose={close} /> : null}
    </SelectionBar>
  );
}
