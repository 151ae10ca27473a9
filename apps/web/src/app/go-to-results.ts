/** A destination that the dialog lists. */
export interface Destination {
  readonly name: string;
  readonly path: string;
}

const maxResults = 12;

/**
 * Destinations that match the typed text: a job by its number, then pages, then targets by part of the name. Reads each host
 * once.
 */
export function findDestinations(
  typed: string,
  pages: readonly Destination[],
  hosts: readonly string[],
  jobName: (number: string) => string,
): readonly Destination[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return pages;
  const jobs = /^[1-9][0-9]{0,19}$/.test(wanted) ? [{ name: jobName(wanted), path: `/jobs/${wanted}` }] : [];
  const targets = hosts
    .filter((host) => host.toLowerCase().includes(wanted))
    .map((host) => ({ name: host, path: `/targets/${encodeURIComponent(host)}` }));
  const named = pages.filter(({ name }) => name.toLowerCase().includes(wanted));
  return [...jobs, ...named, ...targets].slice(0, maxResults);
}
