import type { SessionSignIn } from "@wsc-dashboard/wsc-core";
import { signOut } from "../../api/sign-out.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { useToast } from "../../ui/toaster.tsx";

export function SignOutButton({ end }: { readonly end: NonNullable<SessionSignIn["end"]> }) {
  const { shell } = useMessages();
  const show = useToast();
  return <Button onClick={() => void signOut(end).catch(() => show(shell.signOutFailed))}>{shell.signOut}</Button>;
}
