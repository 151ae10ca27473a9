/** A minimal browser: cookies and redirects. */
export class Visitor {
  readonly origin: string;
  readonly cookies = new Map<string, string>();

  /** `origin`: of the dashboard. */
  constructor(origin: string) {
    this.origin = origin;
  }

  /** Follows redirects until a response without one, or until a URL that `stopAt` names. */
  async open(url: string, stopAt?: string, init: RequestInit = {}): Promise<{ url: string; response: Response }> {
    const { host } = new URL(url);
    const cookie = [...this.cookies].filter(([key]) => key.startsWith(`${host} `));
    const headers = new Headers(init.headers);
    headers.set("Cookie", cookie.map(([key, value]) => `${key.split(" ")[1]}=${value}`).join("; "));
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(`${host} ${name}`);
      else this.cookies.set(`${host} ${name}`, value);
    }
    const next = response.headers.get("location");
    if (next === null) return { url, response };
    const target = new URL(next, url).href;
    return stopAt !== undefined && target.includes(stopAt) ? { url: target, response } : this.open(target, stopAt);
  }
  async signIn(person: string, stopAt?: string, returnTo = "/jobs"): Promise<string> {
    const choice = await this.open(`${this.origin}/auth/login?returnTo=${encodeURIComponent(returnTo)}`);
    const done = await this.open(choice.url, stopAt, { method: "POST", body: new URLSearchParams({ sub: person }) });
    return done.url;
  }
  get sid(): string {
    return this.cookies.get(`${new URL(this.origin).host} wsc_sid`) ?? "";
  }
}
