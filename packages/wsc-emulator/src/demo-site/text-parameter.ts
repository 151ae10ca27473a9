/** Returns a query or body parameter as text; repeated or nested ones count as absent. */
export function textParameter(parameters: unknown, name: string): string {
  const value = (parameters as Record<string, unknown> | undefined)?.[name];
  return typeof value === "string" ? value : "";
}
