import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileNameOf, galleryDirectory, type Picture } from "./pictures.ts";

const markupOf = (pictures: readonly (Picture & { readonly file: string })[]): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Pages and states</title>
<style>
  body { margin: 0; display: grid; grid-template-columns: 20rem 1fr; height: 100vh; font: 14px/1.4 system-ui, sans-serif; }
  nav { overflow: auto; border-right: 1px solid #ccc; padding: 8px; }
  nav h2 { font-size: 13px; margin: 12px 8px 4px; color: #555; }
  nav button { display: block; width: 100%; border: 0; border-radius: 4px; background: none; padding: 4px 8px; font: inherit; text-align: left; }
  nav button[aria-current] { background: #dbe7ff; }
  main { display: flex; flex-direction: column; min-width: 0; }
  form { display: flex; gap: 16px; padding: 8px 16px; border-bottom: 1px solid #ccc; }
  figure { flex: 1; overflow: auto; margin: 0; padding: 16px; background: #888; }
  img { display: block; background: #fff; }
</style>
<nav aria-label="States"></nav>
<main>
  <form>
    <label>Language <select name="language"></select></label>
    <label>Theme <select name="theme"></select></label>
    <label>Width <select name="width"></select></label>
    <span>Arrow keys: previous and next state.</span>
  </form>
  <figure><img alt=""></figure>
</main>
<script type="module">
  const pictures = ${JSON.stringify(pictures).replaceAll("<", "\\u003c")};
  const form = document.forms[0];
  const states = [...new Map(pictures.map((picture) => [picture.part + "/" + picture.state, picture])).values()];
  const options = (name) => [...new Set(pictures.map((picture) => String(picture[name])))];
  for (const name of ["language", "theme", "width"]) form[name].append(...options(name).map((value) => new Option(value)));
  let current = Math.max(0, states.findIndex(({ part, state }) => location.hash === "#" + encodeURIComponent(part + "/" + state)));
  const nav = document.querySelector("nav");
  let part = "";
  const buttons = states.map((state, index) => {
    if (state.part !== part) {
      const heading = document.createElement("h2");
      heading.textContent = part = state.part;
      nav.append(heading);
    }
    const button = document.createElement("button");
    button.textContent = state.state;
    button.onclick = () => show(index);
    nav.append(button);
    return button;
  });
  function show(index = current) {
    buttons[current].removeAttribute("aria-current");
    current = (index + states.length) % states.length;
    buttons[current].setAttribute("aria-current", "true");
    buttons[current].scrollIntoView({ block: "nearest" });
    const { part, state } = states[current];
    location.replace("#" + encodeURIComponent(part + "/" + state));
    const wanted = { part, state, language: form.language.value, theme: form.theme.value, width: Number(form.width.value) };
    const picture = pictures.find((one) => Object.entries(wanted).every(([name, value]) => one[name] === value));
    const image = document.querySelector("img");
    image.src = picture?.file ?? "";
    image.alt = picture === undefined ? "No picture was taken of this." : state;
  }
  form.oninput = () => show();
  addEventListener("keydown", ({ key }) => {
    if (key === "ArrowDown" || key === "ArrowRight") show(current + 1);
    if (key === "ArrowUp" || key === "ArrowLeft") show(current - 1);
  });
  if (states.length > 0) show();
</script>
</html>
`;

/** Joins the lists of all runs into one page. Answers its path and how many pictures it shows. */
export function writeGallery(): { readonly path: string; readonly count: number } {
  const lists = readdirSync(galleryDirectory).filter((name) => name.endsWith(".json"));
  const pictures = lists
    .flatMap((name) => JSON.parse(readFileSync(join(galleryDirectory, name), "utf8")) as Picture[])
    .map((picture) => ({ ...picture, file: fileNameOf(picture) }));
  const path = join(galleryDirectory, "index.html");
  writeFileSync(path, markupOf(pictures));
  return { path, count: pictures.length };
}
