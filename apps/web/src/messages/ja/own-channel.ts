import type { OwnChannelWords } from "../en/own-channel.ts";

export const ownChannel: OwnChannelWords = {
  title: "自分への通知",
  linkNote:
    "メモで言及されたとき、脆弱性や対象の担当者になったとき、担当する対象に変化があったときに、メールを受け取ります。",
  link: "自分への通知の設定",
  intro:
    "自分の名前に関わることや、担当する対象の変化をメールで受け取ります。メールには件数とリンクだけが含まれ、検出根拠は含まれません。",
  on: "使用中",
  off: "オフ: メールは届きません。",
  mailUnset:
    "このダッシュボードはメールを送信できません。管理者がWSC_SMTP_URLとWSC_MAIL_FROMを設定する必要があります。",
  receiver: "メールアドレス",
  receiverHint: "1件だけ入力します。管理者のチャネル一覧にも表示されます。",
  names: "自分の名前",
  namesHint: "1行に1件ずつ、脆弱性や対象の担当者、メモの@の後に書かれるとおりに入力します。",
  aboutMe: "自分に関すること",
  aboutTargets: "担当する対象",
  submit: "オンにする",
  save: "保存",
  saving: "保存中…",
  saved: "通知の設定を保存しました。",
  saveFailed: "通知の設定を保存できませんでした",
  turnOff: "オフにする",
  turnedOff: "通知をオフにしました。",
  test: "テスト送信",
  tested: "テストメッセージを送信しています。",
  resume: "再開",
  actFailed: "処理できませんでした",
  failedTitle: "通知の設定を表示できません",
  ofPerson: (name) => `個人の通知: ${name}`,
};
