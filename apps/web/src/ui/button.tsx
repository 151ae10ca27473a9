import type { ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from "react";

export type ButtonVariant = "primary" | "plain" | "danger" | "quiet";

/** For links that look like a button. */
export function buttonClass(variant: ButtonVariant = "plain"): string {
  return `button button-${variant}`;
}

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "type" | "disabled"> {
  readonly variant?: ButtonVariant;
  readonly type?: "button" | "submit";
  /** Not now: stays reachable, says so, and does nothing. */
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
  const act = (event: MouseEvent<HTMLButtonElement>): void => {
    if (inert) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      {...rest}
      ref={buttonRef}
      type={type}
      className={buttonClass(variant)}
      aria-disabled={inert || undefined}
      onClick={act}
    />
  );
}
