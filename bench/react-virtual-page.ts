/**
 * A page that shows a report with TanStack Virtual, which keeps only the rows near the screen in the page: report-viewer.ts compares
 * how soon the first rows are there.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { installPackages, reactVirtual, webPackage } from "./npm-tools.ts";

/** Of the same versions as the dashboard's. */
const packages = [reactVirtual, webPackage("react"), webPackage("react-dom")];

/** Source of a component `List` that shows findings. */
export const virtualListSource = `
import { createElement as h, useRef } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";

function List({ findings }) {
  const scroller = useRef(null);
  const rows = useVirtualizer({
    count: findings.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 57,
    overscan: 10,
  });
  return h("div", { ref: scroller, id: "list" },
    h("div", { style: { height: rows.getTotalSize(), position: "relative" } },
      rows.getVirtualItems().map(({ index, start }) => {
        const { number, severity, item, method, url, parameter, evidence } = findings[index];
        return h("div", { key: number, id: number, className: "finding-row", style: { transform: "translateY(" + start + "px)" } },
          h("a", { href: "#" + number }, number), h("span", null, severity), h("span", null, item), h("span", null, method),
          h("span", null, url), h("span", null, parameter), h("span", { className: "evidence" }, evidence));
      })));
}
`;

const source = `${virtualListSource}
import { createRoot } from "react-dom/client";

const job = new URLSearchParams(location.search).get("job");
globalThis.show = async () => {
  const answer = await fetch("/api/jobs/" + job + "/report", { headers: { "X-WSC-Request": "1" } });
  const { findings } = await answer.json();
  createRoot(document.getElementById("root")).render(h(List, { findings }));
};
`;

export const virtualListStyles = `body{margin:0;font:14px/20px sans-serif}#list{height:90vh;overflow:auto}
.finding-row{position:absolute;inset:0 0 auto;display:grid;grid-template-columns:60px 80px 180px 60px 1fr 70px;gap:8px;padding:8px;
height:57px;box-sizing:border-box;border-bottom:1px solid #ddd;overflow:hidden}
.finding-row>*{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.evidence{grid-column:1/-1}`;

/** Returns the page as HTML. Rejects when npm cannot install the packages. */
export async function reactVirtualPage(): Promise<string> {
  const root = await installPackages(packages);
  const input = join(root, "list.js");
  writeFileSync(input, source);
  const built = await build({
    configFile: false,
    root,
    logLevel: "silent",
    build: { write: false, target: "es2022", modulePreload: false, rolldownOptions: { input } },
  });
  const [first] = [built].flat();
  const [chunk] = first !== undefined && "output" in first ? first.output : [];
  if (chunk === undefined) throw new Error("the page was not built");
  const script = chunk.code.replaceAll("</script", "<\\/script");
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>react-virtual</title><style>${virtualListStyles}</style><div id="root"></div><script type="module">${script}</script></html>`;
}
