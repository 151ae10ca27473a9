import {
  type AuditAction,
  type AuditEntry,
  type AuditResult,
  auditActions,
  auditResults,
} from "@wsc-dashboard/wsc-core";
import type { Messages } from "../../messages/en.ts";

const isAction = (word: string): word is AuditAction => (auditActions as readonly string[]).includes(word);
const isResult = (word: string): word is AuditResult => (auditResults as readonly string[]).includes(word);

/** The action in words; one that only a newer version knows is shown by its name. */
export function actionText({ audit }: Messages, action: string): string {
  return isAction(action) ? audit.actions[action] : action;
}

export function resultText({ audit }: Messages, result: string): string {
  return isResult(result) ? audit.results[result] : result;
}

/** The actor as people read it. */
export function actorText({ audit }: Messages, { id, name }: AuditEntry["actor"]): string {
  if (id === "system") return audit.system;
  return id === "unknown" ? audit.unknown : (name ?? id);
}

/** What the entry is about, when it has no target: the kind in words with the beginning of its id; an unknown kind as it is. */
export function objectText({ audit }: Messages, object: string): string {
  const [kind = "", id = ""] = object.split("/");
  const words: Readonly<Record<string, string>> = audit.objects;
  if (!Object.hasOwn(words, kind)) return object;
  return id === "" ? (words[kind] ?? kind) : `${words[kind]} ${id.slice(0, 8)}`;
}
