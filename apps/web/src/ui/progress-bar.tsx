interface ProgressBarProps {
  readonly percent: number;
  readonly label: string;
  readonly valueText: string;
  /** Hatched and still: the value may be out of date. */
  readonly stale?: boolean;
}

export function ProgressBar({ percent, label, valueText, stale = false }: ProgressBarProps) {
  const value = Math.max(0, Math.min(100, Math.round(percent)));
  return (
    <span
      className="inline-block h-[0.4375rem] w-24 overflow-hidden border border-control bg-sunken align-middle print:[print-color-adjust:exact]"
      role="progressbar"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={valueText}
    >
      <svg className="block size-full forced-color-adjust-none" aria-hidden="true">
        <rect className={stale ? "fill-neutral" : "fill-accent"} width={`${value}%`} height="100%" />
      </svg>
    </span>
  );
}
