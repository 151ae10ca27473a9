import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "../../api/session-query.ts";
import { fetchTargetFile } from "../../api/target-query.ts";
import { describeError } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { useTargetDetailWords } from "../../messages/use-target-detail-words.ts";
import { Button } from "../../ui/button.tsx";
import { lazyDialog } from "../../ui/lazy-dialog.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { useToast } from "../../ui/toaster.tsx";

const LazyImportDialog = lazyDialog(async () => (await import("./import-dialog.tsx")).ImportDialog);

/** Exports target details to a file and imports them from one. */
export function TargetFileActions() {
  const messages = useMessages();
  const words = useTargetDetailWords();
  const toast = useToast();
  const mayImport = useMay("targets.import");
  const [isOpen, setOpen] = useState(false);
  const saving = useMutation({
    mutationFn: () => fetchTargetFile(),
    onSuccess: (file) => {
      saveFile(file);
      toast(words.exportDone(file.fileName));
    },
  });
  return (
    <>
      {saving.isError ? (
        <span className="text-high-text" role="alert">
          {describeError(messages, saving.error).title}
        </span>
      ) : null}
      <Button inert={saving.isPending} onClick={() => saving.mutate()}>
        {words.exportFile}
      </Button>
      {mayImport ? (
        <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
          {words.importFile}
        </Button>
      ) : null}
      {isOpen ? <LazyImportDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}
