import type { SessionSignIn } from "@wsc-dashboard/wsc-core";
import { signOut } from "../../api/sign-out.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { useToast } from "../../ui/toaster.tsx";

interface SignOutButtonProps {
  readonly end: NonNullable<SessionSignIn["end"]>;
  /** The label, when it is not just "sign out". */
  readonly text?: string;
}

export function SignOutButton({ end, text }: SignOutButtonProps) {
  const { shell } = useMessages();
  const show = useToast();
  return (
    <Button onClick={() => void signOut(end).catch(() => show(shell.signOutFailed))}>{text ?? shell.signOut}</Button>
  );
}
