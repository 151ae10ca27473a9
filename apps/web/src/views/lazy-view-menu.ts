import type { ComponentType } from "react";
import { lazyDialog } from "../ui/lazy-dialog.tsx";
import type { ViewMenuProps } from "./view-menu.tsx";

const noMenu = (): null => null;

/** Comes after the list itself, which is shown without it rather than not at all when its code cannot be fetched. */
export const LazyViewMenu = lazyDialog(
  (): Promise<ComponentType<ViewMenuProps>> =>
    import("./view-menu.tsx").then(
      ({ ViewMenu }) => ViewMenu,
      () => noMenu,
    ),
);
