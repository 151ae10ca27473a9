import type { Messages } from "../en.ts";

export const jobList: Messages["jobList"] = {
  statusIgnored:
    "네이버 클라우드가 상태 필터를 적용하지 않아 다른 상태의 진단도 표시됩니다. 기간을 선택하면 대시보드가 직접 필터를 적용합니다.",
  rescanTitle: (_n, text) => `진단 ${text}건을 재진단하시겠습니까?`,
  rescanResult: (n, of) => `${of}건 중 ${n}건 재진단 요청함`,
  rescanJobs: "재진단할 진단",
  rescanStart: (_n, text) => `재진단 ${text}건 시작`,
  rescanning: (done, of) => `요청 중… ${of}건 중 ${done}건`,
  rescanNot: "재진단 안 함",
  rescanRule:
    "각 진단을 같은 설정으로 다시 진단하며, 60일 이내 최대 세 번까지 가능합니다. 판단은 네이버 클라우드가 하고, 대시보드의 한도도 적용됩니다.",
  rescanConsent: (text) => `요청될 재진단 ${text}건 각각에 적용됩니다.`,
  rescanLeftOut: (_n, text) => `선택한 진단 ${text}건은 재진단할 수 없습니다.`,
  rescanReading: "설정을 읽는 중…",
  rescanSame: "같은 설정",
  rescanSpeedAssumed: "같은 설정. 속도는 알 수 없어 보통으로 진단",
  rescanSent: "요청함",
  rescanUnsure: "응답이 없습니다. 시작을 다시 눌러도 두 번 요청되지 않습니다",
  rescanForm: "요청 화면 열기",
  rescanObstacles: {
    login: "로그인하는 진단입니다. 값을 다시 입력해야 합니다.",
    managed: "다른 회사의 서버입니다. 별도의 동의가 필요합니다.",
    unknown: "설정을 알 수 없습니다.",
  },
};
