/** What a report or a comparison comes to, above everything else of it. Each gives the tracks of its columns. */
export const summaryBandClass =
  "mt-4 grid items-start gap-x-16 gap-y-4 border-t-3 border-b border-t-text border-b-hairline py-4";
