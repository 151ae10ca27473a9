import type { ReactElement } from "react";
import { useMessages } from "../../messages/messages-context.tsx";
import { Shape } from "../../ui/shape.tsx";
import { resultText } from "./audit-text.ts";

const line = { fill: "none", stroke: "currentColor", strokeWidth: 2 } as const;
const ring = <circle cx="8" cy="8" r="5.8" {...line} strokeWidth={1.8} />;

interface Look {
  readonly shape: ReactElement;
  readonly shapeClass: string;
  readonly isBad?: true;
}

const unknownLook: Look = { shape: ring, shapeClass: "text-neutral" };
const looks: Readonly<Record<string, Look>> = {
  intent: {
    shape: <path d="M5 3.2 12.2 8 5 12.8z" {...line} strokeWidth={1.8} strokeLinejoin="round" />,
    shapeClass: "text-neutral",
  },
  allowed: { shape: <path d="m2.4 8.6 3.7 3.7 7.5-8.2" {...line} />, shapeClass: "text-done" },
  denied: {
    shape: (
      <>
        {ring}
        <path d="M4.4 8h7.2" {...line} />
      </>
    ),
    shapeClass: "text-medium",
    isBad: true,
  },
  failed: {
    shape: (
      <>
        <path d="M2 2h12v12H2z" {...line} strokeWidth={1.8} />
        <path d="M8 4.6v4.2M8 10.3v1.8" {...line} />
      </>
    ),
    shapeClass: "text-high",
    isBad: true,
  },
};

/** Shape, colour and word; an unknown word has a ring. */
export function AuditResultMark({ result }: { readonly result: string }) {
  const messages = useMessages();
  const look = (Object.hasOwn(looks, result) ? looks[result] : undefined) ?? unknownLook;
  return (
    <span className={`inline-flex items-start gap-1.5 whitespace-nowrap ${look.isBad ? "font-bold" : ""}`}>
      <Shape className={`mt-0.75 ${look.shapeClass}`}>{look.shape}</Shape>
      {resultText(messages, result)}
    </span>
  );
}
