/**
 * Style sheet of the HTML export, for screen and A4, in the dashboard's design. Risk levels differ in shape, word and line as
 * well as in colour.
 */
export const htmlStyle = `
:root{color-scheme:light;--ink:#13201e;--soft:#434f4d;--faint:#586462;--line:#d5dad7;--rule:#727d7a;--paper:#fff;--tint:#f5f6f4;--high:#93150e;--medium:#c46b0a;--medium-soft:#fdf0dc;--medium-text:#754006;--low:#336ab1}
*{box-sizing:border-box}
html{font:16px/1.6 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Noto Sans",sans-serif}
html:lang(ko){font-family:-apple-system,BlinkMacSystemFont,"Apple SD Gothic Neo","Pretendard Variable",Pretendard,"Segoe UI","Malgun Gothic","Noto Sans KR","Noto Sans CJK KR",sans-serif;word-break:keep-all}
html:lang(ja){font-family:-apple-system,BlinkMacSystemFont,"Hiragino Sans","Hiragino Kaku Gothic ProN","Segoe UI","Yu Gothic UI",Meiryo,"Noto Sans JP","Noto Sans CJK JP",sans-serif;line-break:strict}
body{margin:0 auto;max-width:60rem;padding:2rem 1.25rem 4rem;background:var(--paper);color:var(--ink);overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
h1{font-size:1.375rem;line-height:1.4;margin:0 0 .5rem}
h2{font-size:1.125rem;margin:2.5rem 0 .5rem}
h3{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .75rem;font-size:1rem;margin:0 0 .25rem}
h4{font-size:.875rem;margin:.75rem 0 .25rem;color:var(--soft)}
dl{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;margin:0;font-size:.875rem}
dt,dd{margin:0;padding:.375rem 0;border-bottom:1px solid var(--line)}
dt{padding-right:1.5rem;color:var(--soft)}
ul{margin:0;padding:0;list-style:none}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th,td{border-bottom:1px solid var(--line);padding:.375rem .5rem;text-align:right;vertical-align:top}
thead th{border-bottom-color:var(--rule);color:var(--soft);font-weight:400;white-space:nowrap}
th:first-child,td:first-child{text-align:left;padding-left:0}
.verdict{margin-top:1rem;padding:1rem 0;border-top:3px solid var(--ink);border-bottom:1px solid var(--line)}
.verdict h2{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.figures{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem}
.figures b{display:block;font-size:2.25rem;line-height:1.15;letter-spacing:-.02em}
.strip{display:block;margin-top:.75rem}
.strip .high{fill:var(--high)}.strip .medium{fill:url(#hatch)}.strip .low{fill:none;stroke:var(--low);stroke-width:4}
.ground{fill:var(--medium-soft)}.stroke{fill:var(--medium)}.gap{fill:var(--paper)}
.finding{padding:1rem 0;border-top:1px solid var(--line)}
.number{color:var(--faint);font-weight:400;min-width:3rem}
.risk{white-space:nowrap}.shape{display:inline-block;width:1.25em;text-align:center;color:var(--faint)}
.high .shape,.high .risk{color:var(--high)}.medium .shape{color:var(--medium)}.medium .risk{color:var(--medium-text)}.low .shape,.low .risk{color:var(--low)}
.finding dt,.finding dd{padding:.125rem 0;border:0}
bdi,code,pre{unicode-bidi:isolate}
code,pre{font-family:ui-monospace,"SF Mono","Cascadia Mono",Consolas,D2Coding,"Noto Sans Mono",monospace;font-size:.875rem;word-break:normal}
pre{margin:0;padding:.625rem .75rem;background:var(--tint);border-left:2px solid var(--rule);line-height:1.5;white-space:pre-wrap}
.high pre{border-left-color:var(--high)}.medium pre{border-left:4px double var(--medium)}.low pre{border-left-style:dotted;border-left-color:var(--low)}
.prose{margin:0;max-width:72ch;white-space:pre-line}
.note{margin-top:2.5rem;padding-top:.75rem;border-top:1px solid var(--line);color:var(--faint);font-size:.875rem}
@page{size:A4;margin:18mm 16mm 20mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif}}
@media print{html{font-size:10pt}body{max-width:none;padding:0}.prose{max-width:none}h1,h2,h3,h4{break-after:avoid}tr,dl,.verdict,.short{break-inside:avoid}thead{display:table-header-group}p,pre{orphans:3;widows:3}.strip,.shape,pre{print-color-adjust:exact}}
@media (max-width:40rem){dl{grid-template-columns:1fr}dt{padding-bottom:0;border-bottom:0}dd{padding-top:0}}
`;
