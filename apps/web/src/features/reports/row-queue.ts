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
  /** Begins to fill the parts of a list that has just been added to the page, the urgent ones at once. `stop` ends it. */
  readonly attach: (scroller: HTMLElement) => void;
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

/** The list on the page, with what watches it. */
interface Attached {
  readonly scroller: HTMLElement;
  readonly observer: IntersectionObserver;
  readonly channel: MessageChannel;
}

/** Watches a list: `onNear` is called for parts that come near the screen, `onTurn` after each message to the channel. */
function watchList(scroller: HTMLElement, onNear: (part: Element) => void, onTurn: () => void): Attached {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) onNear(target);
    },
    { root: scroller, rootMargin: "100% 0px" },
  );
  const channel = new MessageChannel();
  channel.port1.onmessage = onTurn;
  return { scroller, observer, channel };
}

function isOnScreen(part: Element, scroller: HTMLElement): boolean {
  const screen = scroller.getBoundingClientRect();
  const { top, bottom } = part.getBoundingClientRect();
  return bottom > screen.top && top < screen.bottom;
}

export function createRowQueue({ create, update }: RowFactory): RowQueue {
  const placed = new Map<Element, RowPart>();
  const waiting = new Set<Element>();
  const urgent = new Set<Element>();
  const emptied = new Set<Element>();
  let attached: Attached | null = null;
  let isScheduled = false;

  function fill(element: Element): void {
    if (!waiting.delete(element)) return;
    attached?.observer.unobserve(element);
    element.replaceChildren(...(placed.get(element)?.findings ?? []).map(create));
  }
  function schedule(): void {
    if (attached === null || isScheduled || waiting.size === 0) return;
    isScheduled = true;
    attached.channel.port2.postMessage(null);
  }
  function fillSome(): void {
    isScheduled = false;
    const end = performance.now() + stepMs;
    for (const element of waiting) {
      if (performance.now() >= end) break;
      fill(element);
    }
    schedule();
  }
  function waitFor(element: Element): void {
    waiting.add(element);
    attached?.observer.observe(element);
    schedule();
  }
  function fillUrgent(): void {
    for (const element of urgent) fill(element);
    urgent.clear();
  }
  function refill(): void {
    for (const element of emptied) waitFor(element);
    emptied.clear();
  }

  return {
    attach: (scroller) => {
      attached = watchList(scroller, fill, fillSome);
      isScheduled = false;
      fillUrgent();
      for (const element of waiting) attached.observer.observe(element);
      schedule();
    },
    place: (element, part, isUrgent) => {
      placed.set(element, part);
      emptied.delete(element);
      waitFor(element);
      if (isUrgent) urgent.add(element);
      if (attached !== null) fillUrgent();
      return () => {
        placed.delete(element);
        waiting.delete(element);
        urgent.delete(element);
        emptied.delete(element);
        attached?.observer.unobserve(element);
      };
    },
    empty: (isKept, onDone) => {
      const isShown = (element: Element): boolean => attached !== null && isOnScreen(element, attached.scroller);
      const going = [...placed].filter(
        ([element, { key }]) => !waiting.has(element) && !isKept(key) && !isShown(element),
      );
      const clear = ([element]: readonly [Element, RowPart]): void => {
        emptied.add(element);
        element.replaceChildren();
      };
      const stop = runInSteps(going.reverse(), clear, onDone, 1);
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
      if (row !== null && attached?.scroller.contains(row)) update(row, finding);
    },
    stop: () => {
      attached?.observer.disconnect();
      attached?.channel.port1.close();
      attached = null;
      for (const set of [waiting, urgent, emptied, placed]) set.clear();
    },
  };
}
