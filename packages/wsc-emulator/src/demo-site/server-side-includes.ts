/**
 * Imitates the server-side includes of a web server: an `echo` directive prints its variable, an unknown variable prints
 * `(none)`, any other directive an error. Nothing is read from disk or executed.
 */
export function runServerSideIncludes(html: string, now: Date): string {
  const variables: ReadonlyMap<string, string> = new Map([
    ["DATE_LOCAL", now.toString()],
    ["DATE_GMT", now.toUTCString()],
    ["DOCUMENT_NAME", "page.shtml"],
  ]);
  return html.replace(/<!--#(\w{1,20})\s([^>]{0,500})-->/g, (_, directive: string, attributes: string) => {
    const name = /^var="([^"]*)"$/.exec(attributes.trim())?.[1];
    if (directive !== "echo" || name === undefined) return "[an error occurred while processing this directive]";
    return variables.get(name) ?? "(none)";
  });
}
