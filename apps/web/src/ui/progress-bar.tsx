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
      className={stale ? "progress progress-stale" : "progress"}
      role="progressbar"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={valueText}
    >
      <svg aria-hidden="true">
        <rect className="progress-done" width={`${value}%`} height="100%" />
      </svg>
    </span>
  );
}
