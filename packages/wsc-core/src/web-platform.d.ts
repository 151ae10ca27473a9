// The few platform names that browsers and Node share. Everything else (node:*, Buffer, window) does not compile
// in the browser-safe half.
declare class URL {
  constructor(url: string, base?: string);
  static canParse(url: string, base?: string): boolean;
  href: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  readonly searchParams: URLSearchParams;
  hash: string;
  readonly origin: string;
  toString(): string;
}
declare class URLSearchParams {
  constructor(init?: Record<string, string> | string | URLSearchParams);
  append(name: string, value: string): void;
  sort(): void;
  keys(): IterableIterator<string>;
  toString(): string;
}
