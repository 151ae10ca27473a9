/** The heading of a group of findings. */
export const groupTitleClass = "border-b border-control pt-3 pb-1.5 text-h3 break-after-avoid";

/** The name of a part of a finding, such as its evidence. */
export const findingLabelClass = "mt-2.5 font-bold text-text-2 break-after-avoid";

/** Text that a scanner recorded; the edge takes the colour of the severity. */
export const evidenceClass =
  "mt-1 border-s-2 bg-sunken px-3 py-2.5 leading-5.5 print:text-[9pt] print:leading-[1.5] print:[print-color-adjust:exact]";
