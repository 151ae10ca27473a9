import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { describeFact, type GatewayFact, type Language, languages } from "@wsc-dashboard/wsc-core";
import { createGatewayClock, createSigner } from "@wsc-dashboard/wsc-core/node";
import type { Config } from "../config/config.ts";
import { DatabaseInUse, DatabaseRefusal, openDatabase, openDatabaseForReading } from "../database/open-database.ts";
import { createFactRegister } from "../gateway-facts/fact-register.ts";
import { type ProbeOptions, type ProbeResult, recordingFileName, runProbe } from "../probe/run-probe.ts";
import type { Command } from "./command.ts";

const spacingMs = 1_000;
const deadlineMs = 600_000;

type Words = Readonly<Record<Language, string>>;
const texts = {
  written: {
    en: (file: string, calls: number) => `${file}: ${calls} calls, without hosts, memos, cookies and evidence`,
    ko: (file: string, calls: number) => `${file}: 호출 ${calls}건, 호스트·메모·쿠키·증거는 담지 않음`,
    ja: (file: string, calls: number) => `${file}: 呼び出し ${calls} 件。ホスト、メモ、Cookie、証拠は含まない`,
  },
  unread: {
    en: "The job list could not be read; the file shows the answers that came.",
    ko: "작업 목록을 읽지 못했습니다. 파일에는 받은 응답이 담겨 있습니다.",
    ja: "ジョブ一覧を読めませんでした。ファイルには届いた応答が入っています。",
  } satisfies Words,
  kept: {
    en: "The facts are kept for this dashboard; Settings shows them.",
    ko: "확인된 내용을 이 대시보드에 저장했습니다. 설정에서 볼 수 있습니다.",
    ja: "確認した内容をこのダッシュボードに保存しました。設定で見られます。",
  } satisfies Words,
  inUse: {
    en: "The facts are not kept: the server uses the database. The button in Settings keeps them.",
    ko: "서버가 데이터베이스를 사용 중이어서 저장하지 않았습니다. 설정의 버튼을 쓰면 저장됩니다.",
    ja: "サーバーがデータベースを使用中のため保存していません。設定のボタンなら保存されます。",
  } satisfies Words,
  noDatabase: {
    en: "The facts are not kept: this dashboard has no database yet.",
    ko: "이 대시보드에 아직 데이터베이스가 없어 저장하지 않았습니다.",
    ja: "このダッシュボードにはまだデータベースがないため保存していません。",
  } satisfies Words,
  unknownWord: {
    en: "Status word not known yet, masked in the file unless --keep-words is given",
    ko: "아직 알려지지 않은 상태 단어(--keep-words가 없으면 파일에서 가려짐)",
    ja: "未知の状態語(--keep-words がなければファイルでは伏せられる)",
  } satisfies Words,
} as const;

export interface ProbeWords extends Pick<ProbeOptions, "mayAlertOwner" | "isVocabularyKept"> {
  readonly output: string | null;
  readonly language: Language;
}

/** Parses the options of `wsc probe`; `null` for unknown options. */
export function readProbeWords(args: readonly string[]): ProbeWords | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        output: { type: "string" },
        language: { type: "string", default: "en" },
        "may-alert-owner": { type: "boolean", default: false },
        "keep-words": { type: "boolean", default: false },
      },
    });
    const language = languages.find((known) => known === values.language);
    if (language === undefined) return null;
    return {
      output: values.output ?? null,
      language,
      mayAlertOwner: values["may-alert-owner"],
      isVocabularyKept: values["keep-words"],
    };
  } catch {
    return null;
  }
}

const probeWith = (config: Config, version: string, options: ProbeOptions): Promise<ProbeResult> => {
  const { environment, origin, timeoutMs } = config.upstream;
  const clock = createGatewayClock(Date.now);
  const parts = { environment, origin, timeoutMs, clock, version, timeZone: config.timeZone, now: Date.now };
  return runProbe({ ...parts, sign: createSigner(config.upstream) }, options);
};

/** Stores the facts in the dashboard's database if it exists and no server has it locked. */
async function keepFacts(config: Config, facts: readonly GatewayFact[]): Promise<"kept" | "inUse" | "noDatabase"> {
  try {
    // Throws when there is no database, since only the server creates one.
    await (await openDatabaseForReading(config)).close();
    const database = await openDatabase(config);
    const parts = { database, logger: { warn: () => {} }, now: Date.now };
    await createFactRegister(parts)
      .learnFromProbe(facts)
      .finally(() => database.close());
    return "kept";
  } catch (error) {
    if (error instanceof DatabaseInUse) return "inUse";
    if (error instanceof DatabaseRefusal) return "noDatabase";
    throw error;
  }
}

/**
 * Records the gateway's responses in a file without private data, and reports the resulting facts. Needs neither the server nor
 * its database; stores the facts if there is a database.
 */
export const probe =
  ({ output, language, ...options }: ProbeWords, version: string, spacing = spacingMs): Command =>
  async (config) => {
    const result = await probeWith(config, version, { ...options, spacingMs: spacing, deadlineMs });
    const file = output ?? recordingFileName(result.recording);
    // Never overwrites a file.
    await writeFile(file, `${JSON.stringify(result.recording, null, 1)}\n`, { flag: "wx", mode: 0o600 }).catch(
      (error: unknown) => {
        const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
        throw new RangeError(`${file} cannot be written (${code})`);
      },
    );
    const isWell = result.facts.some(({ name, state }) => name === "envelope" && state !== "assumed");
    return {
      lines: [
        texts.written[language](file, result.recording.calls.length),
        ...(isWell ? [] : [texts.unread[language]]),
        texts[await keepFacts(config, result.facts)][language],
        ...result.facts.map((fact) => describeFact(fact, language)),
        ...[...result.unknownWords].map(
          ([word, codes]) => `${texts.unknownWord[language]}: ${JSON.stringify(word)} ${codes.join(", ")}`,
        ),
      ],
      isWell,
    };
  };
