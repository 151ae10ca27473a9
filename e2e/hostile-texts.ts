/** A host nobody may ever ask: a request to it means that some text was more than text. */
const sentinel = "https://sentinel.example.net";

const attacks: readonly ((n: number) => string)[] = [
  (n) => `<script>alert(${n})</script>`,
  (n) => `<script src="${sentinel}/${n}.js"></script>`,
  (n) => `"><img src=x onerror=alert(${n})>`,
  (n) => `'><img src="${sentinel}/${n}.png">`,
  (n) => `</pre></article><svg onload=alert(${n})>`,
  (n) => `<iframe src="${sentinel}/${n}"></iframe>`,
  (n) => `<iframe srcdoc="<script>parent.alert(${n})</script>">`,
  (n) => `<link rel=stylesheet href="${sentinel}/${n}.css">`,
  (n) => `</style><style>@import "${sentinel}/${n}.css";</style>`,
  (n) => `<meta http-equiv=refresh content="0;url=${sentinel}/${n}">`,
  (n) => `<base href="${sentinel}/${n}/">`,
  (n) => `<form action="${sentinel}/${n}"><button autofocus onfocus=alert(${n})>`,
  (n) => `<details open ontoggle=alert(${n})>`,
  (n) => `<math><mtext><img src=x onerror=alert(${n})></mtext></math>`,
  (n) => `javascript:alert(${n})`,
  (n) => `data:text/html,<script>alert(${n})</script>`,
  (n) => `{{constructor.constructor('alert(${n})')()}}`,
  (n) => `' onmouseover='alert(${n})' x='`,
  (n) => `--><!--#exec cmd="curl ${sentinel}/${n}"-->`,
  (n) => `\u202e<img src=${sentinel}/${n}>\u202c\u2066x\u2069\u200b`,
];

/** The first texts are one of each attack, the others repeat them with other numbers. */
export const attackCount = attacks.length;

/** Two hundred texts that want to be more than text, each telling its number. */
export const hostileTexts: readonly string[] = Array.from(
  { length: 200 },
  (_, n) => attacks[n % attacks.length]?.(n) ?? "",
);
