import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type AuditExportFormat, auditExportFormats, auditExportLimit } from "@wsc-dashboard/wsc-core";
import { type AuditArguments, exportAudit } from "../../api/audit-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { useToast } from "../../ui/toaster.tsx";

/** Saves the entries that match the filters. */
export function ExportAudit({ filter }: { readonly filter: AuditArguments }) {
  const messages = useMessages();
  const { audit } = messages;
  const { number, zone } = useFormats();
  const toast = useToast();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (format: AuditExportFormat) => exportAudit(filter, format, zone),
    onSuccess: (file) => {
      saveFile(file);
      toast(audit.exported(file.fileName));
      void client.invalidateQueries({ queryKey: ["audit"] });
    },
  });
  const names: Readonly<Record<AuditExportFormat, string>> = { csv: audit.exportCsv, jsonl: audit.exportJsonl };
  return (
    <div className="mt-4">
      <Actions>
        {auditExportFormats.map((format) => (
          <Button key={format} inert={save.isPending} onClick={() => save.mutate(format)}>
            {save.isPending && save.variables === format ? audit.exporting : names[format]}
          </Button>
        ))}
        <span className="text-text-3">{audit.exportNote(number(auditExportLimit))}</span>
      </Actions>
      {save.isError ? (
        <ErrorNotice heading={audit.exportFailed} description={describeError(messages, save.error)} isAlert />
      ) : null}
    </div>
  );
}
