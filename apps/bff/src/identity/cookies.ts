/** The cookies of a request, in the order sent. */
export const cookiesOf = (header: string | undefined): { readonly name: string; readonly value: string }[] =>
  (header ?? "").split(";").flatMap((pair) => {
    const text = pair.trim();
    const equals = text.indexOf("=");
    return equals > 0 ? [{ name: text.slice(0, equals), value: text.slice(equals + 1) }] : [];
  });

/** Every value of a cookie name, in the order sent. */
export const cookieValues = (header: string | undefined, name: string): string[] =>
  cookiesOf(header).flatMap((cookie) => (cookie.name === name ? [cookie.value] : []));
