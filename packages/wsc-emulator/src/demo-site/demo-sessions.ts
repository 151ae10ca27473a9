import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export const sessionMinutes = 30;
const maxSessions = 1_000;

/** Sessions of the demo site, and the tokens that bind its forms to a cookie. In memory. */
export class DemoSessions {
  readonly #now: () => number;
  readonly #tokenKey = randomBytes(32);
  /** Session → expiry time; oldest first. */
  readonly #ends = new Map<string, number>();

  /** `now` in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Returns a new random cookie value. */
  static newSecret(): string {
    return randomBytes(16).toString("hex");
  }

  /** Returns the anti-forgery token for forms of this cookie. */
  tokenOf(cookie: string): string {
    return createHmac("sha256", this.#tokenKey).update(cookie).digest("hex");
  }

  isTokenOf(cookie: string | undefined, token: string): boolean {
    if (cookie === undefined) return false;
    const [expected, given] = [Buffer.from(this.tokenOf(cookie)), Buffer.from(token)];
    return expected.length === given.length && timingSafeEqual(expected, given);
  }

  /** Starts a session and returns its secret. */
  open(): string {
    const session = DemoSessions.newSecret();
    const [oldest] = this.#ends.keys();
    if (this.#ends.size >= maxSessions && oldest !== undefined) this.#ends.delete(oldest);
    this.#ends.set(session, this.#now() + sessionMinutes * 60_000);
    return session;
  }

  isOpen(session: string | undefined): session is string {
    return session !== undefined && this.#now() < (this.#ends.get(session) ?? 0);
  }

  close(session: string): void {
    this.#ends.delete(session);
  }

  closeAll(): void {
    this.#ends.clear();
  }
}
