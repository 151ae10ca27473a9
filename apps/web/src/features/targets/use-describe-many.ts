import { useQueryClient } from "@tanstack/react-query";
import { type Target, type TargetDescription, targetDescriptionSchema, WscError } from "@wsc-dashboard/wsc-core";
import { useRef, useState } from "react";
import { describeTarget } from "../../api/target-query.ts";

/** What changes in several targets; `null` leaves a field as it is. */
export interface DescriptionChange {
  readonly owner: string | null;
  readonly service: string | null;
  readonly addedTags: readonly string[];
  readonly removedTags: readonly string[];
}

export type DescribeRow = { readonly state: "changed" | "same" } | { readonly state: "refused"; readonly code: string };

/** The description of a target after the change; `null` when it is not valid, such as with too many tags. */
export function descriptionAfter(
  { details }: Pick<Target, "details">,
  { owner, service, addedTags, removedTags }: DescriptionChange,
): TargetDescription | null {
  const removed = new Set(removedTags);
  const tags = [...(details?.tags ?? []), ...addedTags].filter((tag) => !removed.has(tag));
  const read = targetDescriptionSchema.safeParse({
    owner: owner ?? details?.owner ?? null,
    service: service ?? details?.service ?? null,
    note: details?.note ?? null,
    tags,
  });
  return read.success ? read.data : null;
}

const isSame = (description: TargetDescription, { details }: Pick<Target, "details">): boolean =>
  description.owner === (details?.owner ?? null) &&
  description.service === (details?.service ?? null) &&
  description.tags.join() === (details?.tags ?? []).join();

/** Changes the selected targets one after the other. A refusal does not stop the others, and nothing is overwritten unseen. */
export function useDescribeMany(targets: readonly Target[]) {
  const client = useQueryClient();
  const [rows, setRows] = useState<ReadonlyMap<string, DescribeRow>>(new Map());
  const [isRunning, setRunning] = useState(false);
  const isBusy = useRef(false);

  async function describe(target: Target, change: DescriptionChange): Promise<DescribeRow> {
    const description = descriptionAfter(target, change);
    if (description === null) return { state: "refused", code: "INPUT_REFUSED" };
    if (isSame(description, target)) return { state: "same" };
    try {
      await describeTarget(target.host, description, target.details?.version ?? 0);
      return { state: "changed" };
    } catch (error) {
      return { state: "refused", code: error instanceof WscError ? error.code : "BFF_UNREACHABLE" };
    }
  }

  const run = async (change: DescriptionChange): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    setRunning(true);
    for (const target of targets) {
      const row = await describe(target, change);
      setRows((now) => new Map(now).set(target.host, row));
    }
    isBusy.current = false;
    setRunning(false);
    void client.invalidateQueries({ queryKey: ["targets"] });
  };
  const count = (wanted: DescribeRow["state"]): number =>
    [...rows.values()].filter(({ state }) => state === wanted).length;
  return { rows, isRunning, run, count };
}
