import {
  type Channel,
  type ChannelChange,
  type ChannelKind,
  type Language,
  type NotificationEvent,
  notificationEvents,
} from "@wsc-dashboard/wsc-core";

/** The form values of when messages are sent, and in which language. */
export interface TimeValues extends Pick<ChannelChange, "digest" | "digestTime" | "zone" | "language"> {
  readonly isQuiet: boolean;
  readonly quiet: { readonly from: string; readonly to: string };
}

/** The form values of a channel. */
export interface ChannelValues
  extends TimeValues,
    Omit<ChannelChange, "targets" | "tags" | "people" | "quietHours" | "receiver" | keyof TimeValues> {
  readonly kind: ChannelKind;
  readonly receiver: string;
  readonly scope: "all" | "some";
  readonly hosts: readonly string[];
  readonly tagScope: "all" | "some";
  readonly tags: readonly string[];
  readonly audience: "all" | "some";
  readonly names: readonly string[];
}

export const usualQuiet = { from: "22:00", to: "07:00" };

/** The initial form values. */
export function valuesOf(channel: Channel | null, zone: string, language: Language, isMailSet: boolean): ChannelValues {
  if (channel === null) {
    return {
      ...{ name: "", kind: isMailSet ? "email" : "webhook", receiver: "", events: [...notificationEvents] },
      ...{
        scope: "all",
        hosts: [],
        tagScope: "all",
        tags: [],
        audience: "all",
        names: [],
        minimumSeverity: null,
        findingNames: false,
      },
      ...{ digest: "at-once", digestTime: "09:00", isQuiet: false, quiet: usualQuiet, zone, language },
    };
  }
  const { name, kind, events, targets, tags, people, minimumSeverity, findingNames, digest, digestTime, quietHours } =
    channel;
  return {
    ...{ name, kind, events, minimumSeverity, findingNames, digest, digestTime, receiver: "" },
    ...{ scope: targets === null ? "all" : "some", hosts: targets ?? [] },
    ...{ tagScope: tags === null ? "all" : "some", tags: tags ?? [] },
    ...{ audience: people === null ? "all" : "some", names: people ?? [] },
    ...{
      isQuiet: quietHours !== null,
      quiet: quietHours ?? usualQuiet,
      zone: channel.zone,
      language: channel.language,
    },
  };
}

/** The settings to send, without the receiver. */
export function settingsOf(values: ChannelValues): Omit<ChannelChange, "receiver"> {
  const { name, events, scope, hosts, tagScope, tags, audience, names, minimumSeverity, findingNames } = values;
  const { digest, digestTime, isQuiet, quiet } = values;
  return {
    ...{ name: name.trim(), events, minimumSeverity, findingNames, digest, digestTime },
    targets: scope === "all" ? null : [...hosts],
    tags: tagScope === "all" ? null : [...tags],
    people: audience === "all" ? null : [...names],
    quietHours: isQuiet ? quiet : null,
    ...{ zone: values.zone, language: values.language },
  };
}

/** The events with one added or removed, in their usual order. */
export const toggled = (events: readonly NotificationEvent[], event: NotificationEvent, isIn: boolean) =>
  notificationEvents.filter((name) => (name === event ? isIn : events.includes(name)));
