/** The port in a variable, 0 for any free one; `fallback` when it is missing or empty. Throws an error that names the variable. */
export function readPort(environment: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = environment[name] ?? "";
  if (text === "") return fallback;
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new Error(`${name} must be a port number, 0 for any free one`);
  return port;
}
