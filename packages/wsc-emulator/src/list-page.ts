export interface ListPage<T> {
  readonly total_cnt: number;
  readonly total_page_cnt: number;
  readonly current_start_page: number;
  readonly current_end_page: number;
  readonly record_data: readonly T[];
}

const blockSize = 10;

/** One page of `records` with the vendor's counters: pages come in blocks of ten (docs/upstream-api.md section 7). */
export function listPage<T>(records: readonly T[], limit: number, page: number): ListPage<T> {
  const pageCount = Math.ceil(records.length / limit);
  const blockStart = Math.floor((page - 1) / blockSize) * blockSize + 1;
  return {
    total_cnt: records.length,
    total_page_cnt: pageCount,
    current_start_page: blockStart,
    current_end_page: Math.min(blockStart + blockSize - 1, Math.max(pageCount, 1)),
    record_data: records.slice((page - 1) * limit, page * limit),
  };
}
