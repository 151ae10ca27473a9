import type { Messages } from "../en.ts";

export const formatWords: Messages["formatWords"] = {
  ago: {
    justNow: "たった今",
    seconds: (n) => `${n}秒前`,
    minutes: (n) => `${n}分前`,
    hours: (n) => `${n}時間前`,
    days: (n) => `${n}日前`,
  },
  months: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
};
