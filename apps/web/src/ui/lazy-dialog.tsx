import { type ComponentType, type JSX, lazy, Suspense } from "react";

/** A dialog, or another part of a page, whose code is loaded when it is first shown, since most visits never show it. */
export function lazyDialog<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Loaded = lazy(async () => ({ default: await load() })) as unknown as (props: Props) => JSX.Element;
  return function LazyDialog(props: Props) {
    return (
      <Suspense fallback={null}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}
