import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Channel, WscError } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { channelsQuery, createChannel, updateChannel } from "../../api/channel-queries.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { describeError, fieldTextOf } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useChannelWords } from "../../messages/use-channel-words.ts";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { type ChannelValues, settingsOf, valuesOf } from "./channel-values.ts";
import { ReceiverFields } from "./receiver-fields.tsx";
import { RuleFields } from "./rule-fields.tsx";
import { SecretDialog } from "./secret-dialog.tsx";
import { TimeFields } from "./time-fields.tsx";

interface ChannelDialogProps {
  /** `null` for a new one. */
  readonly channel: Channel | null;
  readonly isMailSet: boolean;
  readonly onClose: () => void;
}

/** Returns the secret to show, if there is one. */
async function save(channel: Channel | null, values: ChannelValues): Promise<string | null> {
  const receiver = values.receiver.trim();
  const settings = settingsOf(values);
  if (channel === null) return (await createChannel({ ...settings, kind: values.kind, receiver })).secret;
  await updateChannel(channel.id, receiver === "" ? settings : { ...settings, receiver });
  return null;
}

/** Creates or changes a channel, then shows the secret of a new one, once. */
export function ChannelDialog({ channel, isMailSet, onClose }: ChannelDialogProps) {
  const messages = useMessages();
  const words = useChannelWords();
  const { language, zone } = useFormats();
  const client = useQueryClient();
  const [values, setValues] = useState(() => valuesOf(channel, zone, language, isMailSet));
  const saving = useMutation({
    mutationFn: (given: ChannelValues) => save(channel, given),
    onSuccess: async (secret) => {
      await client.invalidateQueries({ queryKey: channelsQuery.queryKey });
      if (secret === null) onClose();
    },
    // The result is a secret and must not outlive the dialog.
    gcTime: 0,
  });
  if (typeof saving.data === "string") return <SecretDialog secret={saving.data} onClose={onClose} />;
  const problems = saving.error instanceof WscError ? (saving.error.details.errors ?? []) : [];
  const errorsAt = (path: string): string[] => {
    const own = problems.filter(({ pointer }) => pointer === path || pointer.startsWith(`${path}/`));
    return [...new Set(own.map(({ code }) => fieldTextOf(messages, code)))];
  };
  const fields = {
    values,
    errorsAt,
    onChange: (change: Partial<ChannelValues>) => setValues({ ...values, ...change }),
  };
  return (
    <FormDialog
      title={channel === null ? words.createTitle : words.editTitle}
      cancel={words.cancel}
      submit={saving.isPending ? words.saving : channel === null ? words.submit : words.save}
      isBusy={saving.isPending}
      onSubmit={() => saving.mutate(values)}
      onClose={onClose}
    >
      {saving.error !== null && problems.length === 0 ? (
        <ErrorNotice heading={words.saveFailed} description={describeError(messages, saving.error)} isAlert />
      ) : null}
      <ReceiverFields {...fields} isNew={channel === null} isMailSet={isMailSet} />
      <RuleFields {...fields} />
      <TimeFields {...fields} />
    </FormDialog>
  );
}
