import { checkEverywhere, wideScreen } from "./check-everywhere.ts";
import { expect, test } from "./fixtures.ts";
import { allJobStates } from "./job-states.ts";
import { pageStackOptions, pageStates } from "./page-states.ts";
import { wordsOf } from "./words.ts";

test.use({ stackOptions: pageStackOptions });
// Each part has a page of its own, so two workers can share them.
test.describe.configure({ mode: "parallel" });

for (const [part, states] of Object.entries(pageStates)) {
  test(`${part}: axe finds nothing in any state and language, and each fits every width`, async ({
    page,
    context,
    baseURL,
    stack,
    emulator,
    showOnly,
    change,
    allowStatuses,
  }) => {
    allowStatuses(404, 409, 410, 422, 502, 503);
    await showOnly(allJobStates);
    const setCookie = (name: string, value: string) => context.addCookies([{ name, value, url: baseURL ?? "" }]);
    const persona = (value: string): Promise<void> => setCookie("wsc_persona", value);
    const stage = {
      page,
      language: "en" as const,
      words: wordsOf("en"),
      emulator,
      showOnly,
      change,
      persona,
      target: stack.demoSite.origin,
    };
    await setCookie("wsc_theme", "light");
    const complaints: string[] = [];
    await page.setViewportSize(wideScreen);
    for (const { name, reach } of states) {
      await test.step(name, async () => {
        await setCookie("wsc_lang", "en");
        await reach(stage);
        complaints.push(...(await checkEverywhere(page)).map((complaint) => `${name}, ${complaint}`));
      });
    }
    expect(complaints).toEqual([]);
  });
}
