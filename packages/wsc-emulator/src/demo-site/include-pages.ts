import { Router } from "express";
import { escapeHtml, renderPage } from "./demo-layout.ts";
import { runServerSideIncludes } from "./server-side-includes.ts";
import { textParameter } from "./text-parameter.ts";
import type { WeaknessSwitches } from "./weakness-switches.ts";

const news: ReadonlyMap<string, string> = new Map([
  ["1", "Our new ink, Deep sea, has arrived."],
  ["2", "The workshop for folding boats is on every first Saturday."],
]);

const stripTags = (text: string): string => text.replace(/<\/?[a-z][^>]*>/gi, "");
const disarmComments = (text: string): string => text.replaceAll("<!--", "&lt;!--");

/** Pages with server-side includes: a parameter can inject a directive while the weakness of the page is open. */
export function includePages(switches: WeaknessSwitches, now: () => Date): Router {
  const router = Router();

  router.get("/news.shtml", (request, response) => {
    const id = textParameter(request.query, "id");
    const guards = [
      ...(switches.isOpen("news-text") ? [] : [stripTags]),
      ...(switches.isOpen("news-include") ? [] : [disarmComments]),
    ];
    const shown = guards.reduce((text, guard) => guard(text), id);
    const text = news.get(id) ?? `There is no news number ${shown}.`;
    const links = [...news.keys()].map((key) => `<a href="/news.shtml?id=${key}">News ${key}</a>`).join(" ");
    response.send(runServerSideIncludes(renderPage("News", `<p>${text}</p><p>${links}</p>`), now()));
  });

  router.get("/help/page.shtml", (request, response) => {
    const topic = textParameter(request.query, "inc");
    // Stripping tags misses that a comment can be a directive.
    const shown = switches.isOpen("help-include") ? stripTags(topic) : escapeHtml(topic);
    const page = renderPage(
      "Help topic",
      `<p>About ${shown}: please write to us.</p><p><a href="/help">All topics</a></p>`,
    );
    response.send(runServerSideIncludes(page, now()));
  });

  return router;
}
