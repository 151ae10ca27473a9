import type { Finding } from "@wsc-dashboard/wsc-core";
import type { RowFactory } from "./finding-row.ts";

/** Milliseconds of work in one go; the browser renders and handles input in between. */
const stepMs = 12;

/** Fills the parts of a list with rows: visible ones at once, the others one after the other while the browser is idle. */
export interface RowQueue {
  /** Fills an empty part when its turn comes. Returns a function that undoes it. */
  readonly place: (part: HTMLElement, findings: readonly Finding[], isUrgent: boolean) => () => void;
  /** Fills every waiting part: paper does not scroll. */
  readonly fillAll: () => void;
  /** Fills the part that contains a finding, so that a link can lead there. */
  readonly fillPartOf: (number: string) => void;
  /** Updates the row of a finding, if it has been created. */
  readonly update: (finding: Finding) => void;
  readonly stop: () => void;
}

export function createRowQueue(scroller: HTMLElement, { create, update }: RowFactory): RowQueue {
  const waiting = new Map<Element, readonly Finding[]>();
  const channel = new MessageChannel();
  let isScheduled = false;

  function fill(part: Element): void {
    const findings = waiting.get(part);
    if (findings === undefined) return;
    waiting.delete(part);
    observer.unobserve(part);
    part.replaceChildren(...findings.map(create));
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
    for (const part of waiting.keys()) {
      if (performance.now() >= end) break;
      fill(part);
    }
    schedule();
  };

  return {
    place: (part, findings, isUrgent) => {
      waiting.set(part, findings);
      if (isUrgent) fill(part);
      else {
        observer.observe(part);
        schedule();
      }
      return () => {
        waiting.delete(part);
        observer.unobserve(part);
      };
    },
    fillAll: () => {
      for (const part of [...waiting.keys()]) fill(part);
    },
    fillPartOf: (number) => {
      for (const [part, findings] of waiting) if (findings.some((finding) => finding.number === number)) fill(part);
    },
    update: (finding) => {
      const row = document.getElementById(finding.number);
      if (row !== null && scroller.contains(row)) update(row, finding);
    },
    stop: () => {
      observer.disconnect();
      waiting.clear();
      channel.port1.close();
    },
  };
}
