/** The path to open after login: always a page of this dashboard, whatever was requested. */
export function returnPath(asked: unknown, publicOrigin: string): string {
  if (typeof asked !== "string" || asked.length > 2000 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(asked)) return "/";
  if (!URL.canParse(asked, publicOrigin)) return "/";
  const url = new URL(asked, publicOrigin);
  const isPage = url.origin === publicOrigin && !/^\/(?:auth|api)(?:\/|$)/.test(url.pathname);
  return isPage && !url.pathname.startsWith("//") ? `${url.pathname}${url.search}` : "/";
}
