import type { Place, SeedWeakness } from "./seed-targets.ts";

interface Sample {
  /** What was sent as the parameter's value. */
  readonly value: string;
  readonly status: string;
  /** The part of the answer that gives it away. */
  readonly excerpt: string;
}

const samples: Readonly<Record<Place, (marker: string, parameter: string) => Sample>> = {
  element: (marker) => ({
    value: `<${marker}>`,
    status: "200 OK",
    excerpt: `<p class="result-title">'<${marker}>' 검색 결과 0건</p>`,
  }),
  attribute: (marker, parameter) => ({
    value: `"><${marker}>`,
    status: "200 OK",
    excerpt: `<input type="hidden" name="${parameter}" value=""><${marker}>">`,
  }),
  script: (marker, parameter) => ({
    value: `';${marker}//`,
    status: "200 OK",
    excerpt: `<script>var ${parameter} = '';${marker}//';</script>`,
  }),
  stored: (marker) => ({
    value: `<${marker}>`,
    status: "200 OK",
    excerpt: `<li class="entry"><strong><${marker}></strong><time>방금</time></li>`,
  }),
  directive: (marker) => ({
    value: `${marker}<!--#echo var="DATE_LOCAL" -->`,
    status: "200 OK",
    excerpt: `<div class="notice">${marker}Sunday, 04-Oct-2026 03:12:41 KST</div>`,
  }),
  database: (marker) => ({
    value: `1'${marker}`,
    status: "500 Internal Server Error",
    excerpt: `You have an error in your SQL syntax; check the manual that corresponds to your server version near '${marker}'' at line 1`,
  }),
  file: () => ({
    value: "../../../../etc/hostname",
    status: "200 OK",
    excerpt: "web-03",
  }),
};

/** Request and answer as a scanner would have kept them; `url` is the weak place, `marker` the harmless text it sent. */
export function seedEvidence({ place, method, parameter }: SeedWeakness, url: URL, marker: string): string {
  const { value, status, excerpt } = samples[place](marker, parameter);
  const field = `${parameter}=${encodeURIComponent(value)}`;
  const request =
    method === "GET"
      ? [`GET ${url.pathname}?${field} HTTP/1.1`, `Host: ${url.host}`]
      : [
          `POST ${url.pathname} HTTP/1.1`,
          `Host: ${url.host}`,
          "Content-Type: application/x-www-form-urlencoded",
          "",
          field,
        ];
  return [...request, "", `HTTP/1.1 ${status}`, "Content-Type: text/html; charset=utf-8", "", `… ${excerpt} …`].join(
    "\n",
  );
}
