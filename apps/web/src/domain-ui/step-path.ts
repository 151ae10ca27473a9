interface StepBox {
  readonly width: number;
  readonly height: number;
  /** The value at the top; zero is at the bottom. */
  readonly max: number;
}

/** The path of a step line: each value holds until the next one. Empty without values. */
export function stepPath(values: readonly number[], { width, height, max }: StepBox): string {
  if (values.length === 0) return "";
  const edge = 1;
  const y = (value: number): number => height - edge - (Math.max(0, Math.min(value, max)) / max) * (height - 2 * edge);
  const step = width / values.length;
  const steps = values.map(
    (value, index) => `${index === 0 ? `M0 ${round(y(value))}` : `V${round(y(value))}`}H${round((index + 1) * step)}`,
  );
  return steps.join("");
}

const round = (n: number): number => Math.round(n * 100) / 100;
