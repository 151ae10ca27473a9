import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Channel, Delivery, DeliveryAttempt } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { deliveriesQuery, replayDelivery } from "../../api/channel-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useChannelWords } from "../../messages/use-channel-words.ts";
import { Button } from "../../ui/button.tsx";
import { ButtonPaging } from "../../ui/button-paging.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDelayed } from "../../ui/hooks.ts";

interface DeliveryLogProps {
  readonly channel: Channel;
  readonly onClose: () => void;
}

/** What was sent through a channel, with the outcome of each attempt. */
export function DeliveryLogDialog({ channel, onClose }: DeliveryLogProps) {
  const messages = useMessages();
  const words = useChannelWords();
  const [page, setPage] = useState(1);
  const query = useQuery(deliveriesQuery(channel.id, page));
  const isLate = useDelayed(query.isLoading, 200);
  const deliveries = query.data?.deliveries;
  return (
    <Dialog
      title={words.logOf(channel.name)}
      onClose={onClose}
      kind="sheet"
      footer={<Button onClick={onClose}>{words.close}</Button>}
    >
      <p className="max-w-168 text-text-2">{words.logNote}</p>
      {query.isError ? (
        <ErrorNotice heading={words.logFailed} description={describeError(messages, query.error)} isAlert />
      ) : null}
      {isLate ? <p className="text-text-3">{messages.shell.loading}</p> : null}
      {deliveries?.length === 0 ? <p>{words.logEmpty}</p> : null}
      <ul className="mt-4" aria-label={words.log}>
        {deliveries?.map((delivery) => (
          <DeliveryBlock key={delivery.id} delivery={delivery} mayReplay={channel.state === "active"} />
        ))}
      </ul>
      {query.data !== undefined && query.data.pageCount > 1 ? (
        <ButtonPaging page={page} pageCount={query.data.pageCount} label={words.log} onPage={setPage} />
      ) : null}
    </Dialog>
  );
}

function DeliveryBlock({ delivery, mayReplay }: { readonly delivery: Delivery; readonly mayReplay: boolean }) {
  const messages = useMessages();
  const words = useChannelWords();
  const formats = useFormats();
  const client = useQueryClient();
  const { id, channelId, kind, state, notifications, createdAt, nextAttemptAt, attempts, log } = delivery;
  const replaying = useMutation({
    mutationFn: () => replayDelivery(id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["deliveries", channelId] }),
  });
  const time = formats.zoned(createdAt);
  const title =
    kind === "digest"
      ? words.messageKinds.digest(notifications, formats.number(notifications))
      : words.messageKinds[kind];
  return (
    <li className="border-b border-hairline py-3">
      <p className="font-bold">{title}</p>
      <p>
        {words.states[state]} · {time}
      </p>
      <p className="text-text-3">
        {attempts === 1 ? words.oneAttempt : words.attempts(formats.number(attempts))}
        {state === "waiting" && nextAttemptAt !== null && attempts > 0
          ? ` · ${words.nextAttempt(formats.zoned(nextAttemptAt))}`
          : null}
      </p>
      <ul className="mt-1 mb-2 text-text-3">
        {log.map((attempt) => (
          <AttemptLine key={attempt.at} attempt={attempt} />
        ))}
      </ul>
      {mayReplay ? (
        <Button
          variant="quiet"
          inert={replaying.isPending}
          aria-label={words.replayOf(time)}
          onClick={() => replaying.mutate()}
        >
          {words.replay}
        </Button>
      ) : null}
      {replaying.isError ? (
        <ErrorNotice heading={words.actFailed} description={describeError(messages, replaying.error)} isAlert />
      ) : null}
    </li>
  );
}

function AttemptLine({ attempt }: { readonly attempt: DeliveryAttempt }) {
  const words = useChannelWords();
  const formats = useFormats();
  const { at, outcome, status, durationMs } = attempt;
  const result = words.attempt(
    words.outcomes[outcome],
    status === null ? "" : String(status),
    formats.number(durationMs),
  );
  return (
    <li>
      {formats.zoned(at)} · {result}
    </li>
  );
}
