import type { ReactNode } from "react";
import { Notice as NoticeBox } from "./notice.tsx";

/** Something a person should know before going on. */
export interface Notice {
  readonly key: string;
  readonly tone: "high" | "medium";
  /** A whole sentence: what is shown while the line is closed. */
  readonly title: string;
  /** The details, shown when the line is open. */
  readonly body?: ReactNode;
}

interface NoticeLineProps {
  readonly label: string;
  readonly notices: readonly Notice[];
}

/** All notices of a page in one line, which can be opened when a notice has a body. */
export function NoticeLine({ label, notices }: NoticeLineProps) {
  if (notices.length === 0) return null;
  const tone = notices.some((notice) => notice.tone === "high") ? "high" : "medium";
  const line = notices.map(({ title }) => title).join(" · ");
  const isOpening = notices.length > 1 || notices.some(({ body }) => body !== undefined);
  return (
    <NoticeBox as="section" tone={tone} className="print:hidden" isWide aria-label={label}>
      {isOpening ? (
        <details>
          <summary className="cursor-pointer font-bold truncate">{line}</summary>
          {notices.map(({ key, title, body }) => (
            <div key={key} className="pt-2">
              {notices.length > 1 ? <p className="m-0 font-bold">{title}</p> : null}
              {body}
            </div>
          ))}
        </details>
      ) : (
        <p className="m-0 font-bold">{line}</p>
      )}
    </NoticeBox>
  );
}
