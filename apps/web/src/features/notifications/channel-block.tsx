import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Channel, notificationEvents } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { channelsQuery, pauseChannel, resumeChannel, testChannel } from "../../api/channel-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useChannelWords } from "../../messages/use-channel-words.ts";
import { useOwnChannelWords } from "../../messages/use-own-channel-words.ts";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { ChannelDialog } from "./channel-dialog.tsx";
import { DeliveryLogDialog } from "./delivery-log-dialog.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import { RotateDialog } from "./rotate-dialog.tsx";

type Opened = "edit" | "log" | "rotate" | "remove";

/** A channel with its health and its actions. */
export function ChannelBlock({ channel }: { readonly channel: Channel }) {
  const messages = useMessages();
  const words = useChannelWords();
  const client = useQueryClient();
  const [opened, setOpened] = useState<Opened | null>(null);
  const { id, name } = channel;
  const isActive = channel.state === "active";
  const acting = useMutation({
    mutationFn: async (act: "pause" | "resume" | "test"): Promise<void> => {
      if (act === "test") await testChannel(id);
      else if (act === "pause") await pauseChannel(id);
      else await resumeChannel(id);
    },
    onSuccess: async (_, act) => {
      await client.invalidateQueries({ queryKey: channelsQuery.queryKey });
      await client.invalidateQueries({ queryKey: ["deliveries", id] });
      // The outcome of a test is in the log.
      if (act === "test") setOpened("log");
    },
  });
  const close = () => setOpened(null);
  return (
    <li
      className={`grid gap-x-8 gap-y-3 border-b border-hairline py-4 first:border-t xl:grid-cols-[minmax(0,14rem)_minmax(0,1fr)_32rem] ${isActive ? "" : "text-text-3"}`}
    >
      <ChannelHead channel={channel} />
      <ChannelFacts channel={channel} />
      <Actions isTop className="xl:justify-end">
        {isActive ? (
          <Button inert={acting.isPending} aria-label={words.testOf(name)} onClick={() => acting.mutate("test")}>
            {words.test}
          </Button>
        ) : null}
        <Button aria-label={words.logOf(name)} onClick={() => setOpened("log")}>
          {words.log}
        </Button>
        {channel.owner === null ? (
          <Button aria-label={words.editOf(name)} onClick={() => setOpened("edit")}>
            {words.edit}
          </Button>
        ) : null}
        <Button
          inert={acting.isPending}
          aria-label={isActive ? words.pauseOf(name) : words.resumeOf(name)}
          onClick={() => acting.mutate(isActive ? "pause" : "resume")}
        >
          {isActive ? words.pause : words.resume}
        </Button>
        {channel.kind === "webhook" ? (
          <Button aria-label={words.rotateOf(name)} onClick={() => setOpened("rotate")}>
            {words.rotate}
          </Button>
        ) : null}
        <Button aria-label={words.removeOf(name)} onClick={() => setOpened("remove")}>
          {words.remove}
        </Button>
      </Actions>
      {acting.isError ? (
        <ErrorNotice heading={words.actFailed} description={describeError(messages, acting.error)} isAlert />
      ) : null}
      {opened === "edit" ? <ChannelDialog channel={channel} isMailSet onClose={close} /> : null}
      {opened === "log" ? <DeliveryLogDialog channel={channel} onClose={close} /> : null}
      {opened === "rotate" ? <RotateDialog channel={channel} onClose={close} /> : null}
      {opened === "remove" ? <RemoveDialog channel={channel} onClose={close} /> : null}
    </li>
  );
}

function ChannelHead({ channel }: { readonly channel: Channel }) {
  const words = useChannelWords();
  const { number } = useFormats();
  const own = useOwnChannelWords();
  const { name, kind, owner, pausedBecause, failures } = channel;
  return (
    <div className="min-w-0">
      <p className="font-bold">
        <PlainText text={owner === null ? name : own.ofPerson(owner)} />
      </p>
      <p>{words.kinds[kind]}</p>
      <p>
        {pausedBecause !== null
          ? words.pausedBecause[pausedBecause]
          : failures > 0
            ? words.failing(failures, number(failures))
            : words.active}
      </p>
    </div>
  );
}

function ChannelFacts({ channel }: { readonly channel: Channel }) {
  const words = useChannelWords();
  const formats = useFormats();
  const { receiver, events, targets, tags, people, digest, waiting, lastDeliveredAt, createdAt, createdBy } = channel;
  return (
    <dl className="grid min-w-0 content-start gap-x-8 gap-y-2 md:grid-cols-2 [&_dd]:wrap-anywhere [&_dt]:text-text-3">
      <div>
        <dt>{words.receiver}</dt>
        <dd>
          <PlainText text={receiver} className="mono" />
        </dd>
      </div>
      <div>
        <dt>{words.events}</dt>
        <dd>
          {events.length === notificationEvents.length
            ? words.allEvents
            : formats.list(events.map((event) => words.eventNames[event]))}
        </dd>
      </div>
      <div>
        <dt>{words.targets}</dt>
        <dd>{targets === null ? words.allTargets : <PlainText text={formats.list(targets)} className="mono" />}</dd>
      </div>
      {tags === null ? null : (
        <div>
          <dt>{words.tags}</dt>
          <dd>
            <PlainText text={formats.list(tags)} />
          </dd>
        </div>
      )}
      {people === null ? null : (
        <div>
          <dt>{words.people}</dt>
          <dd>
            <PlainText text={formats.list(people)} />
          </dd>
        </div>
      )}
      <div>
        <dt>{words.digest}</dt>
        <dd>{words.digests[digest]}</dd>
      </div>
      <div>
        <dt>{words.lastDelivered}</dt>
        <dd>
          {lastDeliveredAt === null ? (
            <span className="text-text-3">{words.never}</span>
          ) : (
            formats.zoned(lastDeliveredAt)
          )}
        </dd>
      </div>
      {waiting > 0 ? (
        <div>
          <dt>{words.waiting}</dt>
          <dd>{words.waitingCount(waiting, formats.number(waiting))}</dd>
        </div>
      ) : null}
      <div>
        <dt>{words.created}</dt>
        <dd>
          <PlainText text={words.createdBy(formats.zoned(createdAt), createdBy)} />
        </dd>
      </div>
    </dl>
  );
}
