import { consentText, currentConsentVersion } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../en.ts";

export const target: Messages["target"] = {
  recent: "최근 대상",
  readAs: (unicode) => `유니코드 표기: ${unicode}`,
  hostRule: (host) => `같은 호스트만 가능: ${host}`,
  hosting: "서버의 위치",
  ncloud: "이 계정의 네이버 클라우드 서버",
  ncloudHint: "네이버 클라우드가 주소로 자사 서버인지 확인합니다.",
  managed: "다른 회사의 서버",
  managedHint: "별도의 동의와 서버에 올리는 확인 파일이 필요합니다.",
  managedNote:
    "네이버 클라우드 API는 본인 계정의 서버만 진단하므로 이 진단을 거부할 가능성이 큽니다. 네이버 클라우드 콘솔에서는 진단할 수 있으며, 최종 확인 단계에서 모든 설정을 콘솔로 옮길 수 있습니다.",
  managedConsent: "다른 회사의 서버에 대한 동의",
  managedConsentText: consentText("managed", currentConsentVersion, "ko").text,
  ownership: "진단 권한 확인",
  ownershipHint: "파일을 내려받아 아래 주소 중 한 곳에 올린 뒤 다시 확인하십시오.",
  getFile: "확인 파일 받기",
  checkAgain: "다시 확인",
  asking: "확인 중…",
  verified: "파일을 찾았습니다.",
  notVerified: "파일을 아직 찾지 못했습니다.",
  anyOfThese: "다음 주소 중 한 곳에 있으면 됩니다.",
  copyUrl: "주소 복사",
  found: {
    match: "여기에서 찾았습니다.",
    other: "다른 파일이 있습니다.",
    missing: "파일이 없습니다.",
    failed: "응답이 없습니다.",
  },
  download: (name) => `내려받기: ${name}`,
  handOver: "네이버 클라우드 콘솔에 입력할 설정",
  handOverText:
    "API는 본인 계정의 서버만 진단합니다. 이 설정을 복사하여 네이버 클라우드 콘솔에서 진단을 생성하십시오. 로그인 정보는 콘솔에서 다시 입력해야 합니다.",
  copySettings: "설정 복사",
};
