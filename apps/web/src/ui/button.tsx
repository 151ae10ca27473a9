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

/** For links that look like a button. */
export function buttonClass(variant: ButtonVariant = "plain"): string {
  return `button button-${variant}`;
}

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
