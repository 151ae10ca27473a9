/** What is kept of an act. Never holds a secret: only words, ids and codes. */
export interface AuditEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly actor: string;
  /** What people read, and the roles at that moment; absent for what the dashboard does by itself. */
  readonly name?: string;
  readonly roles?: readonly string[];
  readonly action: string;
  /** What the act was about, as "kind/id". */
  readonly object: string;
  /** Host of the scanned target. */
  readonly target?: string;
  /** intent: written before the effect, so that an effect without an entry cannot be. */
  readonly result: "intent" | "done" | "refused" | "failed";
  readonly requestId?: string;
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

/** A signed-in user, as far as the log needs it. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** Who did it, from the signed-in user. */
export function actedBy({ id, name, roles }: Actor): Pick<AuditEvent, "actor" | "name" | "roles"> {
  return { actor: id, name, roles };
}
