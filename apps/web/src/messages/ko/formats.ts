import type { Messages } from "../en.ts";

export const formatWords: Messages["formatWords"] = {
  ago: {
    justNow: "방금",
    seconds: (n) => `${n}초 전`,
    minutes: (n) => `${n}분 전`,
    hours: (n) => `${n}시간 전`,
    days: (n) => `${n}일 전`,
  },
  months: ["1월", "2월", "3월", "4월", "5월", "6월", "7월", "8월", "9월", "10월", "11월", "12월"],
};
