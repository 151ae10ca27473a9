import type { OperationTexts } from "./operation-text.ts";
import { instants } from "./samples.ts";

const content = { name: "Shop, open high", search: { tag: "shop", show: "high" } };
const view = {
  id: "7d9f4a51-20be-4a3c-9a0e-4c1b8f1e2a90",
  list: "targets" as const,
  ...content,
  isShared: false,
  isOwn: true,
  owner: "kim",
  isDefault: false,
  updatedAt: instants.created,
  version: 1,
};

export const viewOperations: OperationTexts<"views"> = {
  views: {
    list: { summary: "List saved views: one's own and shared ones", answer: { views: [view] } },
    create: {
      summary: "Save the filters of a list as a view",
      body: { list: "targets", ...content },
      answer: { view },
    },
    update: { summary: "Rename a view, or change its filters", body: { ...content, version: 1 }, answer: { view } },
    share: { summary: "Share a view with everybody, or no longer", body: { isShared: true }, answer: { view } },
    remove: { summary: "Delete a view", body: {}, answer: { removed: true } },
    setDefault: {
      summary: "Choose the view with which a list opens",
      body: { list: "targets", id: view.id },
      answer: { id: view.id },
    },
  },
};
