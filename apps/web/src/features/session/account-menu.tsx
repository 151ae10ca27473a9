import type { Session } from "@wsc-dashboard/wsc-core";
import { type ReactNode, useId } from "react";
import { useMessages } from "../../messages/messages-context.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { FactList } from "../../ui/fact-list.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { TimeText } from "../../ui/time-text.tsx";
import { SignOutButton } from "./sign-out-button.tsx";

interface AccountMenuProps {
  readonly session: Session;
  /** Expanded, as in the menu of small screens, instead of behind a button. */
  readonly isOpen?: boolean;
  readonly children?: ReactNode;
}

export function AccountMenu({ session, isOpen = false, children }: AccountMenuProps) {
  const { shell } = useMessages();
  const id = useId();
  const facts = (
    <>
      <FactList>
        <dt>{shell.account}</dt>
        <dd>
          <PlainText text={session.user.name} />
        </dd>
        <dt>{shell.role}</dt>
        <dd>{session.user.roles.map((role) => shell.roles[role]).join(", ")}</dd>
        {session.endsAt === null ? null : (
          <>
            <dt>{shell.sessionEndsLabel}</dt>
            <dd>
              <TimeText instant={session.endsAt} />
            </dd>
          </>
        )}
        <dt>{shell.productVersion}</dt>
        <dd translate="no">{session.version}</dd>
      </FactList>
      {children}
      {session.signIn.end === null ? null : <SignOutButton end={session.signIn.end} />}
    </>
  );
  if (isOpen) return facts;
  return (
    <>
      <button type="button" className={`${buttonClass("quiet")} max-w-40`} popoverTarget={id}>
        <span className="sr-only">{`${shell.account}: `}</span>
        <PlainText text={session.user.name} className="inline-block max-w-full truncate align-bottom" />
      </button>
      <div
        id={id}
        popover="auto"
        className="fixed inset-[3.25rem_var(--spacing-page)_auto_auto] w-max max-w-80 rounded-md border border-control bg-raised p-4 text-text shadow-popover [&_button]:mt-3"
      >
        {facts}
      </div>
    </>
  );
}
