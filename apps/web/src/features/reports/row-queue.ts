import type { Finding } from "@wsc-dashboard/wsc-core";
import { runInSteps, stepMs } from "../../ui/run-in-steps.ts";
import type { RowFactory } from "./finding-row.ts";

/** A part of the list: consecutive findings of one group. */
export interface RowPart {
  /** The same for a part before and after a change of the list, if it is kept. */
  readonly key: string;
  readonly findings: readonly Finding[];
}

/** Fills the parts of a list with rows: visible ones at once, the others one after the other while the browser is idle. */
export interface RowQueue {
  /** Fills an empty part when its turn comes. Returns a function that undoes it. */
  readonly place: (element: HTMLElement, part: RowPart, isUrgent: boolean) => () => void;
  /**
   * Empties, in steps, the parts that are not kept and not on the screen, so that removing them takes no time. Returns a function
   * that stops it and has the parts filled again that are still there.
   */
  readonly empty: (isKept: (key: string) => boolean, onDone: () => void) => () => void;
  /** Fills every waiting part: paper does not scroll. */
  readonly fillAll: () => void;
  /** Fills the part that contains a finding, so that a link can lead there. */
  readonly fillPartOf: (number: string) => void;
  /** Updates the row of a finding, if it has been created. */
  readonly update: (finding: Finding) => void;
  readonly stop: () => void;
}

export function createRowQueue(scroller: HTMLElement, { create, update }: RowFactory): RowQueue {
  const placed = new Map<Element, RowPart>();
  const waiting = new Set<Element>();
  const emptied = new Set<Element>();
  const channel = new MessageChannel();
  let isScheduled = false;

  function fill(element: Element): void {
    if (!waiting.delete(element)) return;
    observer.unobserve(element);
    element.replaceChildren(...(placed.get(element)?.findings ?? []).map(create));
  }
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) fill(target);
    },
    { root: scroller, rootMargin: "100% 0px" },
  );
  function schedule(): void {
    if (isScheduled || waiting.size === 0) return;
    isScheduled = true;
    channel.port2.postMessage(null);
  }
  channel.port1.onmessage = () => {
    isScheduled = false;
    const end = performance.now() + stepMs;
    for (const element of waiting) {
      if (performance.now() >= end) break;
      fill(element);
    }
    schedule();
  };
  function waitFor(element: Element): void {
    waiting.add(element);
    observer.observe(element);
    schedule();
  }
  function refill(): void {
    for (const element of emptied) waitFor(element);
    emptied.clear();
  }

  return {
    place: (element, part, isUrgent) => {
      placed.set(element, part);
      emptied.delete(element);
      waitFor(element);
      if (isUrgent) fill(element);
      return () => {
        placed.delete(element);
        waiting.delete(element);
        emptied.delete(element);
        observer.unobserve(element);
      };
    },
    empty: (isKept, onDone) => {
      const screen = scroller.getBoundingClientRect();
      const isOnScreen = (element: Element): boolean => {
        const { top, bottom } = element.getBoundingClientRect();
        return bottom > screen.top && top < screen.bottom;
      };
      const going = [...placed].filter(
        ([element, { key }]) => !waiting.has(element) && !isKept(key) && !isOnScreen(element),
      );
      const stop = runInSteps(
        going.reverse(),
        ([element]) => {
          emptied.add(element);
          element.replaceChildren();
        },
        onDone,
        1,
      );
      return () => {
        stop();
        refill();
      };
    },
    fillAll: () => {
      refill();
      for (const element of [...waiting]) fill(element);
    },
    fillPartOf: (number) => {
      for (const [element, { findings }] of placed) {
        if (!findings.some((finding) => finding.number === number)) continue;
        if (emptied.delete(element)) waiting.add(element);
        fill(element);
      }
    },
    update: (finding) => {
      const row = document.getElementById(finding.number);
      if (row !== null && scroller.contains(row)) update(row, finding);
    },
    stop: () => {
      observer.disconnect();
      waiting.clear();
      emptied.clear();
      placed.clear();
      channel.port1.close();
    },
  };
}
