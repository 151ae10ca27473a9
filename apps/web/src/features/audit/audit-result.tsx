import type { ReactElement } from "react";
import { useMessages } from "../../messages/messages-context.tsx";
import { resultText } from "./audit-text.ts";

const line = { fill: "none", stroke: "currentColor", strokeWidth: 2 } as const;
const ring = <circle cx="8" cy="8" r="5.8" {...line} strokeWidth={1.8} />;

const shapes: Readonly<Record<string, ReactElement>> = {
  intent: <path d="M5 3.2 12.2 8 5 12.8z" {...line} strokeWidth={1.8} strokeLinejoin="round" />,
  allowed: <path d="m2.4 8.6 3.7 3.7 7.5-8.2" {...line} />,
  denied: (
    <>
      {ring}
      <path d="M4.4 8h7.2" {...line} />
    </>
  ),
  failed: (
    <>
      <path d="M2 2h12v12H2z" {...line} strokeWidth={1.8} />
      <path d="M8 4.6v4.2M8 10.3v1.8" {...line} />
    </>
  ),
};

/** Shape, colour and word; an unknown word has no shape. */
export function AuditResultMark({ result }: { readonly result: string }) {
  const messages = useMessages();
  return (
    <span className={`audit-result audit-${Object.hasOwn(shapes, result) ? result : "unknown"}`}>
      <svg className="shape" viewBox="0 0 16 16" aria-hidden="true">
        {shapes[result] ?? ring}
      </svg>
      {resultText(messages, result)}
    </span>
  );
}
