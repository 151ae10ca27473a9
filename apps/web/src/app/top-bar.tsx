import { Link } from "@tanstack/react-router";
import type { Permission, Session } from "@wsc-dashboard/wsc-core";
import { Menu } from "lucide-react";
import { useState } from "react";
import { AccountMenu } from "../features/session/account-menu.tsx";
import { EnvironmentChip } from "../features/session/environment-chip.tsx";
import { useMessages } from "../messages/messages-context.tsx";
import { Button, iconButtonClass } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useMediaQuery } from "../ui/hooks.ts";
import { LazyKeyHelp } from "./lazy-key-help.ts";
import { LanguageSelect, ThemeSelect } from "./preference-selects.tsx";

export function Mark() {
  return (
    <svg className="size-5 fill-accent" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M1 2h18v3H1z" />
      <path d="M1 8h12v2H1zM1 13h16v2H1zM1 18h7v2H1z" />
    </svg>
  );
}

export function TopBar({ session }: { readonly session: Session | null }) {
  const { shell } = useMessages();
  const isWide = useMediaQuery("(min-width: 64rem)");
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [areKeysShown, setKeysShown] = useState(false);
  const keysButton = (
    // Its text is in line with what stands above, or its border where forced colours draw one.
    <div className="not-forced-colors:-ms-3.25">
      <Button variant="quiet" onClick={() => setKeysShown(true)}>
        {shell.keys}
      </Button>
    </div>
  );
  return (
    <header className="sticky top-0 z-5 flex h-12 items-center gap-3 border-b border-hairline bg-surface px-page print:hidden">
      <Link
        className="inline-flex min-h-8 items-center gap-2 font-bold whitespace-nowrap text-text no-underline hover:text-text"
        to="/"
        aria-label={shell.product}
      >
        <Mark />
        {/* The narrowest screens have room for the name of the gateway only. */}
        <span className="max-[22rem]:hidden">{shell.product}</span>
      </Link>
      {isWide && session ? <Navigation permissions={session.permissions} /> : null}
      <span className="flex-1" />
      {session ? <EnvironmentChip upstream={session.upstream} /> : null}
      {isWide ? (
        <>
          <LanguageSelect />
          <ThemeSelect />
          {session ? <AccountMenu session={session}>{keysButton}</AccountMenu> : null}
        </>
      ) : (
        <button
          type="button"
          className={iconButtonClass}
          aria-label={shell.menu}
          aria-haspopup="dialog"
          onClick={() => setMenuOpen(true)}
        >
          <Menu size={20} strokeWidth={1.75} aria-hidden="true" />
        </button>
      )}
      {isMenuOpen && !isWide ? (
        <Dialog
          kind="sheet"
          title={shell.menu}
          onClose={() => setMenuOpen(false)}
          footer={<Button onClick={() => setMenuOpen(false)}>{shell.close}</Button>}
        >
          {session ? (
            <Navigation isStacked permissions={session.permissions} onNavigate={() => setMenuOpen(false)} />
          ) : null}
          <LanguageSelect isLabelled />
          <ThemeSelect isLabelled />
          {session ? (
            <AccountMenu session={session} isOpen>
              {keysButton}
            </AccountMenu>
          ) : null}
        </Dialog>
      ) : null}
      {areKeysShown ? <LazyKeyHelp onClose={() => setKeysShown(false)} /> : null}
    </header>
  );
}

/** Pages that need a permission. */
const pagePermissions = [
  { to: "/audit", name: "audit", permission: "audit.list" },
  { to: "/settings", name: "settings", permission: "status.get" },
] as const satisfies readonly {
  readonly permission: Permission;
  readonly [part: string]: string;
}[];

interface NavigationProps {
  readonly permissions: readonly string[];
  /** In the menu of small screens. */
  readonly isStacked?: boolean;
  readonly onNavigate?: () => void;
}

const navigationLinkClass =
  "inline-block px-2 whitespace-nowrap text-text-2 no-underline aria-[current=page]:font-bold aria-[current=page]:text-text";
const barLinkClass = "ms-1 xl:ms-3 py-[0.8125rem] aria-[current=page]:shadow-[inset_0_-2px_var(--color-accent)]";
const stackedLinkClass = "py-2.5 aria-[current=page]:shadow-[inset_2px_0_var(--color-accent)]";

function Navigation({ permissions, isStacked = false, onNavigate }: NavigationProps) {
  const { shell } = useMessages();
  const props = {
    className: `${navigationLinkClass} ${isStacked ? stackedLinkClass : barLinkClass}`,
    ...(onNavigate ? { onClick: onNavigate } : {}),
    activeProps: { "aria-current": "page" as const },
  };
  return (
    <nav className={isStacked ? "grid" : "flex flex-none"} aria-label={shell.navigation}>
      <Link to="/" {...props} activeOptions={{ exact: true }}>
        {shell.overview}
      </Link>
      <Link to="/jobs" {...props}>
        {shell.jobs}
      </Link>
      <Link to="/targets" {...props}>
        {shell.targets}
      </Link>
      <Link to="/schedules" {...props}>
        {shell.schedules}
      </Link>
      {pagePermissions
        .filter(({ permission }) => permissions.includes(permission))
        .map(({ to, name }) => (
          <Link key={to} to={to} {...props}>
            {shell[name]}
          </Link>
        ))}
    </nav>
  );
}
