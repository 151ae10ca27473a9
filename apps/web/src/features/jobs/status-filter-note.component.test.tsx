import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type FactState, languages } from "@wsc-dashboard/wsc-core";
import { expect, it } from "vitest";
import { factsQuery } from "../../api/gateway-queries.ts";
import { renderIn } from "../../testing/render-in.tsx";
import { StatusFilterNote } from "./status-filter-note.tsx";

function clientKnowing(state: FactState): QueryClient {
  const client = new QueryClient();
  const seen = { measure: null, source: null, earlier: null, since: null };
  client.setQueryData(factsQuery.queryKey, {
    facts: [
      { name: "url-search", state: "refuted", value: "ignored", ...seen },
      { name: "status-filter", state, value: state === "assumed" ? null : "ignored", ...seen },
    ],
  });
  return client;
}

const noteFor = (state: FactState) => (
  <QueryClientProvider client={clientKnowing(state)}>
    <StatusFilterNote status="3" jobs={[]} />
  </QueryClientProvider>
);

it("a list filtered by status says, in every language, that the gateway ignores the filter once it has shown so", async () => {
  for (const language of languages) {
    const { messages, screen } = await renderIn(language, () => noteFor("refuted"));
    await expect.element(screen.getByText(messages.jobList.statusIgnored)).toBeVisible();
    await screen.unmount();
  }
});

it("nothing is said of a filter that works or was not tried", async () => {
  for (const state of ["assumed", "proven"] as const) {
    const { screen } = await renderIn("en", () => noteFor(state));
    expect(screen.container.textContent).toBe("");
    await screen.unmount();
  }
});
