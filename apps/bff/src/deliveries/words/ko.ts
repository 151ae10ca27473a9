import type { MessageWords } from "./message-words.ts";

export const ko: MessageWords = {
  title: {
    "job.finished": "진단 완료",
    "job.failed": "진단 실패",
    "submission.failed": "요청 실패: 진단이 시작되지 않음",
    "submission.review": "결정이 필요한 요청",
    "submission.missed": "실행되지 않은 진단",
    "signIn.failed": "대상 로그인 실패: 진단이 시작되지 않음",
    "schedule.paused": "연속 실패로 일정이 일시 중지됨",
    "report.expires": "보고서 열람 기간 만료 예정",
    "budget.low": "하루 한도 80% 이상 사용",
    "verdict.expired": "위험 수용 기간이 끝나 취약점이 다시 열림",
    "verdict.returned": "조치 완료한 취약점이 다시 발견됨",
    "verdict.assigned": "취약점 담당자 지정",
    "verdict.mentioned": "메모에서 언급됨",
  },
  test: "테스트 메시지: 이 채널은 정상입니다",
  digest: (count) => `알림 ${count}건`,
  more: (count) => `그 밖의 ${count}건은 대시보드에서 볼 수 있습니다.`,
  counts: ({ total, high, medium, low }) => `취약점: ${total}건 (상 ${high}, 중 ${medium}, 하 ${low})`,
  changes: ({ new: added, remaining, fixed, notRetested }) =>
    `이전 진단 대비: 신규 ${added}, 잔존 ${remaining}, 조치 완료 ${fixed}, 재점검 안 됨 ${notRetested}`,
  uncounted: "보고서를 아직 읽지 못했습니다.",
  code: (code) => `사유: ${code}`,
  daysLeft: (days) => `앞으로 ${days}일 동안 볼 수 있습니다.`,
  budget: (used, limit) => `오늘 ${limit}건 중 ${used}건을 사용했습니다.`,
  verdicts: (count) => `취약점 ${count}건`,
  people: (names) => `관련자: ${names}`,
  open: "열기",
  sender: "Web Security Checker 대시보드가 보냈습니다. 관리자가 설정에서 이 채널을 바꿀 수 있습니다.",
};
