import type { OutageTexts } from "../error-code.ts";

export const outages: OutageTexts = {
  DASHBOARD_UNREACHABLE: {
    title: "대시보드에 연결할 수 없습니다.",
    next: "네트워크 연결을 확인하십시오. 화면에는 마지막으로 받은 상태가 표시됩니다.",
  },
  INTERNAL_ERROR: {
    title: "대시보드에서 오류가 발생했습니다.",
    next: "다시 시도하십시오. 계속되면 상세 정보의 요청 번호를 관리자에게 알려 주십시오.",
  },
  SESSION_REQUIRED: { title: "로그인되어 있지 않습니다.", next: "다시 로그인한 뒤 이 페이지를 새로 고치십시오." },
};
