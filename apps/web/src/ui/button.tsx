import {
  type ButtonHTMLAttributes,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from "react";
import { focusPage } from "./keep-focus.ts";

export type ButtonVariant = "primary" | "plain" | "danger" | "quiet";

const buttonBaseClass =
  "inline-flex min-h-8 cursor-pointer items-center justify-center gap-1.5 rounded-md border px-3 py-1 text-center leading-5 font-bold break-keep no-underline [td_&]:whitespace-nowrap aria-disabled:cursor-default aria-disabled:border-hairline aria-disabled:bg-sunken aria-disabled:text-text-3 motion-safe:transition-[background-color] motion-safe:duration-[120ms] motion-safe:ease-[ease-out] pointer-coarse:relative pointer-coarse:min-h-9 pointer-coarse:after:absolute pointer-coarse:after:-inset-1.5";
const variantClasses: Readonly<Record<ButtonVariant, string>> = {
  plain: "border-control bg-surface text-text hover:bg-accent-soft hover:text-text",
  primary:
    "border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover hover:text-on-accent",
  danger: "border-high bg-high text-on-high hover:border-high-text hover:bg-high-text hover:text-on-high",
  quiet: "border-transparent bg-transparent text-accent hover:bg-accent-soft hover:text-text",
};

/** For links that look like a button. */
export function buttonClass(variant: ButtonVariant = "plain"): string {
  return `${buttonBaseClass} ${variantClasses[variant]}`;
}

/** For a button that is a sign alone, without a colour of its own. */
export const bareIconButtonClass =
  "relative inline-flex size-7 flex-none cursor-pointer items-center justify-center rounded-sm print:hidden pointer-coarse:after:absolute pointer-coarse:after:-inset-1.5";

/** For a button that is a sign alone; it needs an accessible name. */
export const iconButtonClass = `${bareIconButtonClass} text-text-2 hover:bg-accent-soft hover:text-text`;

/** For a button that reads as a link among text. */
export const linkButtonClass =
  "inline min-h-6 cursor-pointer p-0 text-start text-accent underline underline-offset-[0.2em]";

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "type" | "disabled"> {
  readonly variant?: ButtonVariant;
  readonly type?: "button" | "submit";
  /** Unavailable for now: stays focusable, says so, and does nothing. */
  readonly inert?: boolean;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

export function Button({
  variant = "plain",
  type = "button",
  inert = false,
  buttonRef,
  onClick,
  ...rest
}: ButtonProps) {
  const own = useRef<HTMLButtonElement>(null);
  useImperativeHandle(buttonRef, () => own.current as HTMLButtonElement);
  // A button often unmounts after its action; then the page takes the focus.
  useLayoutEffect(() => {
    const button = own.current;
    return () => {
      if (button === document.activeElement) focusPage();
    };
  }, []);
  const act = (event: MouseEvent<HTMLButtonElement>): void => {
    if (inert) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      {...rest}
      ref={own}
      type={type}
      className={buttonClass(variant)}
      aria-disabled={inert || undefined}
      onClick={act}
    />
  );
}
