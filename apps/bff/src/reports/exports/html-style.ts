/** The look of the HTML export, on screen and on A4; risk levels differ in word and line as well as in colour. */
export const htmlStyle = `
:root{color-scheme:light;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--paper:#fff;--tint:#f6f8fa;--high:#9f1c1c;--medium:#8a4b00;--low:#1f5a8f}
*{box-sizing:border-box}
body{margin:0 auto;max-width:62rem;padding:2rem 1.25rem 4rem;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR","Hiragino Sans","Yu Gothic","Noto Sans JP",sans-serif}
h1{font-size:1.6rem;line-height:1.3;margin:0 0 .5rem}
h2{font-size:1.2rem;margin:2.5rem 0 .75rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
h3{font-size:1rem;margin:0 0 .5rem}
h4{font-size:.85rem;margin:1rem 0 .25rem;color:var(--soft)}
dl{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.25rem 1.25rem;margin:0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
ul{margin:0;padding-left:1.1rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{border-bottom:1px solid var(--line);padding:.35rem .5rem;text-align:right;vertical-align:top}
th:first-child,td:first-child{text-align:left;overflow-wrap:anywhere}
.figures{display:flex;flex-wrap:wrap;gap:.75rem;padding:0;margin:0;list-style:none}
.figures li{border:1px solid var(--line);border-left-width:6px;padding:.5rem 1rem;min-width:7rem}
.figures b{display:block;font-size:1.6rem;line-height:1.2}
.finding{border:1px solid var(--line);border-left:6px solid var(--line);padding:1rem 1.25rem;margin:0 0 1rem}
.high{border-left-color:var(--high)}.medium{border-left-style:double;border-left-color:var(--medium)}.low{border-left-style:dotted;border-left-color:var(--low)}
.risk{font-weight:700}.high .risk{color:var(--high)}.medium .risk{color:var(--medium)}.low .risk{color:var(--low)}
bdi,code,pre{unicode-bidi:isolate}
code,pre{font-family:ui-monospace,"SFMono-Regular",Consolas,"D2Coding",monospace;font-size:.85em}
pre{background:var(--tint);border:1px solid var(--line);padding:.75rem;white-space:pre-wrap;overflow-wrap:anywhere;margin:0}
.note{color:var(--soft);font-size:.9rem}
@page{size:A4;margin:18mm 16mm 20mm}
@media print{body{max-width:none;padding:0;font-size:10pt}h2,h3,h4{break-after:avoid}tr,dl{break-inside:avoid}thead{display:table-header-group}p,pre{orphans:3;widows:3}}
@media (max-width:40rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}
`;
