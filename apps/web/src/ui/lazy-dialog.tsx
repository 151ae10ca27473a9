import { type ComponentType, type JSX, lazy, Suspense } from "react";

/** A dialog whose code is loaded when it first opens, since most visits never open it. */
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
