import { QueryClient } from "@tanstack/react-query";
import { pagePaths } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { createAppRouter } from "./router.tsx";

describe("the router", () => {
  it("has a route for every page that the server answers, and no other", () => {
    const { routesByPath } = createAppRouter(new QueryClient());
    expect(Object.keys(routesByPath).sort()).toEqual(Object.values(pagePaths).sort());
  });
});
