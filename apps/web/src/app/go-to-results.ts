/** Somewhere to go, as the dialog lists it. */
export interface Destination {
  readonly name: string;
  readonly path: string;
}

const maxResults = 12;

/** Destinations that fit what was typed: a job by its number, then pages, then targets whose name contains it. Every host is read once. */
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
