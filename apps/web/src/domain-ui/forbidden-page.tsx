import { type Permission, rolesFor } from "@wsc-dashboard/wsc-core";
import { useMessages } from "../messages/messages-context.tsx";
import { EmptyState } from "../ui/empty-state.tsx";

/** Shown when the person's roles do not allow a page: names the missing role and whom to ask. */
export function ForbiddenPage({ permission }: { readonly permission: Permission }) {
  const { shell } = useMessages();
  const roles = rolesFor(permission).map((role) => shell.roles[role]);
  return (
    <EmptyState title={shell.forbiddenTitle} headingLevel={1}>
      <p>{shell.forbiddenText(roles.join(", "))}</p>
    </EmptyState>
  );
}
