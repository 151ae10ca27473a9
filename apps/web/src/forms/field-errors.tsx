interface FieldErrorsProps {
  readonly id?: string;
  /** What is wrong and what to do, one sentence per entry. */
  readonly errors: readonly string[];
  readonly role?: "status";
}

/** The sentences under a field; renders nothing without errors. */
export function FieldErrors({ id, errors, role }: FieldErrorsProps) {
  if (errors.length === 0) return null;
  return (
    <div id={id} className="font-bold text-high-text" role={role}>
      {errors.map((error) => (
        <p key={error}>{error}</p>
      ))}
    </div>
  );
}
