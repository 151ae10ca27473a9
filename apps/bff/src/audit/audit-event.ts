/** An entry of the audit log. Never contains a secret: only words, ids and codes. */
export interface AuditEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly actor: string;
  /** Display name, and the roles at that moment; absent for actions of the dashboard itself. */
  readonly name?: string;
  readonly roles?: readonly string[];
  readonly action: string;
  /** The object of the action, as "kind/id". */
  readonly object: string;
  /** Host of the scanned target. */
  readonly target?: string;
  /** "intent" is written before the effect, so that no effect can be without an entry. */
  readonly result: "intent" | "done" | "refused" | "failed";
  readonly requestId?: string;
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

/** The authenticated user, reduced to what the log needs. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** The actor fields of an entry for an authenticated user. */
export function actedBy({ id, name, roles }: Actor): Pick<AuditEvent, "actor" | "name" | "roles"> {
  return { actor: id, name, roles };
}
