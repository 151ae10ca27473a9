import type { DemoWords } from "../en/demo.ts";

export const demo: DemoWords = {
  title: "데모 체험",
  intro: (origin) =>
    `데모 사이트(${origin})는 일부러 취약하게 만든 작은 쇼핑몰입니다. 에뮬레이터가 진단하므로 실제 서버에는 접속하지 않으며 요금이 발생하지 않습니다.`,
  offer: "이 대시보드는 에뮬레이터로 실행 중이며, 표시된 이력은 가상의 데이터입니다.",
  unavailable: "데모 사이트가 없습니다",
  unavailableText: "데모는 실제 게이트웨이 없이 npm start로 대시보드를 시작했을 때 사용할 수 있습니다.",
  consent: (text) => `진단을 시작할 때마다 실제 진단과 마찬가지로 다음에 동의합니다: “${text}”`,
  stepsLabel: "데모 단계",
  steps: {
    scan: { title: "사이트 진단", text: "계정이 없는 방문자로 진단합니다.", act: "진단 시작" },
    login: {
      title: "로그인하여 진단",
      text: "대시보드가 사이트의 로그인 양식으로 로그인하여 회원 페이지도 진단합니다.",
      act: "로그인 진단 시작",
    },
    patch: { title: "취약점 3건 패치", text: "개발자가 조치하는 것과 같습니다.", act: "패치" },
    rescan: {
      title: "재진단",
      text: "첫 진단을 같은 설정으로 다시 진단하여 조치 결과를 확인합니다.",
      act: "재진단 시작",
    },
    compare: {
      title: "비교",
      text: "첫 진단과 재진단을 비교하여 조치 완료, 잔존, 신규 취약점을 확인합니다.",
      act: "비교",
    },
  },
  after: {
    login: "1단계를 마친 뒤",
    patch: "1단계를 마친 뒤",
    rescan: "1단계와 3단계를 마친 뒤",
    compare: "4단계를 마친 뒤",
  },
  afterRunning: "진행 중인 진단이 끝난 뒤",
  starting: "시작 중…",
  requested: "요청함…",
  findings: (_n, text) => `취약점 ${text}건`,
  report: "보고서",
  reportOf: (step) => `보고서: ${step}`,
  patched: (texts) => `패치함: ${texts}`,
  failed: "이 단계를 완료하지 못했습니다",
  startOver: "처음부터 다시",
  startOverNote: "데모 사이트의 취약점을 되돌립니다. 진단과 보고서는 그대로 남습니다.",
};
