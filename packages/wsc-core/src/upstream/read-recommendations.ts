import type { Report } from "../domain/report.ts";
import { labelName } from "./read-risk-counts.ts";
import { isWireObject, readText } from "./wire-values.ts";

function asText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(asText).join("\n");
  return readText(value) ?? JSON.stringify(value, null, 2);
}

function readMember(member: unknown): Report["recommendations"][number] {
  if (!isWireObject(member)) return { item: "", text: asText(member) };
  const label = Object.entries(member).find(([name]) => labelName.test(name));
  const rest = Object.entries(member).filter(([name]) => name !== label?.[0]);
  const item = readText(label?.[1]);
  if (item === null || rest.length === 0) return { item: "", text: asText(member) };
  // A single field needs no label; several do.
  const text = rest.map(([name, value]) => (rest.length === 1 ? asText(value) : `${name}: ${asText(value)}`));
  return { item, text: text.join("\n") };
}

/** Item → text, or a list of objects that name their item; `odd` when it is neither. */
export function readRecommendations(value: unknown): { recommendations: Report["recommendations"]; odd: boolean } {
  if (Array.isArray(value)) return { recommendations: value.map(readMember), odd: false };
  if (!isWireObject(value)) return { recommendations: [], odd: true };
  return { recommendations: Object.entries(value).map(([item, text]) => ({ item, text: asText(text) })), odd: false };
}
