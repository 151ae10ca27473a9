/** The geometry of a line of the audit log. On a narrow screen: when and result, who and what, about which target. */
export const auditLineClass =
  "grid grid-cols-[9rem_minmax(0,1fr)_1rem] gap-x-3 border-b py-1.75 max-md:[&>:nth-child(3)]:col-[2/span_2] max-md:[&>:nth-child(4)]:col-[1/span_2] max-md:[&>:nth-child(5)]:[grid-area:1/2] md:grid-cols-[10rem_minmax(0,5fr)_minmax(0,6fr)_minmax(0,7fr)_6.5rem_1rem]";
