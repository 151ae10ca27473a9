import type { AriaRole, ReactNode } from "react";

export type NoticeTone = "neutral" | "medium" | "high";

const toneClasses: Readonly<Record<NoticeTone, string>> = {
  neutral: "border-neutral bg-sunken",
  medium: "border-medium bg-medium-soft",
  high: "border-high bg-high-soft",
};

interface NoticeProps {
  readonly tone?: NoticeTone;
  readonly as?: "p" | "div" | "section";
  /** As wide as the page instead of a line of text. */
  readonly isWide?: boolean;
  readonly role?: AriaRole;
  readonly "aria-label"?: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Something a person should know before going on. */
export function Notice({
  tone = "neutral",
  as: Element = "div",
  isWide = false,
  className = "",
  children,
  ...rest
}: NoticeProps) {
  return (
    <Element
      {...rest}
      className={`my-4 border-s-3 px-4 py-2 ${isWide ? "" : "max-w-184"} ${toneClasses[tone]} ${className}`}
    >
      {children}
    </Element>
  );
}
