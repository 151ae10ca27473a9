import { useMutation } from "@tanstack/react-query";
import { fetchJobList } from "../../api/job-record-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { useToast } from "../../ui/toaster.tsx";
import type { JobListView } from "./job-list-search.ts";
import { recordArguments } from "./use-job-list.ts";

/** Saves all jobs that match the filters, on all pages, from the jobs that the dashboard stores. */
export function ExportJobs({ list }: { readonly list: JobListView }) {
  const messages = useMessages();
  const { jobs } = messages;
  const { language, zone } = useFormats();
  const toast = useToast();
  const save = useMutation({
    mutationFn: () => fetchJobList(recordArguments(list, zone, new Date()), { lang: language, zone }),
    onSuccess: (file) => {
      saveFile(file);
      toast(jobs.exportDone(file.fileName));
    },
  });
  return (
    <>
      {save.isError ? (
        <span className="text-high-text" role="alert">
          {describeError(messages, save.error).title}
        </span>
      ) : null}
      <Button inert={save.isPending} onClick={() => save.mutate()}>
        {jobs.exportList}
      </Button>
    </>
  );
}
