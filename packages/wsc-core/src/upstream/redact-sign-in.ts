import { redacted } from "../domain/redacted.ts";
import { createSignInMask, credentialHeaderIn, leavesOf, saysNoSignIn, tooManySecrets } from "./sign-in-secrets.ts";
import { isWireObject, type WireObject } from "./wire-values.ts";

/** Fields that hold nothing but sign-in data, in whatever shape. */
const secretField =
  /^(?:(?:set|request|response|login|auth|session)?cookies?2?|(?:proxy)?authorization|logininfo|logincookies?|password|passwd|credentials?|sessionid|jsessionid|phpsessid|accesstoken|refreshtoken|idtoken|apikey|xapikey|secret)$/;
/** Names of fields that probably hold sign-in data if the value is a single text. */
const likelySecretField = /login|sign_?in|cookie|passw|credential|authorization|session|token|secret/i;
/** Objects of the report whose names are items or hosts (docs/upstream-api.md section 10): "Session Fixation" is no field. */
const namedByContent: ReadonlySet<string> = new Set([
  "Classify_byRisk_Level",
  "Classify_byRisk_Domain",
  "Classify_byRisk_Vulnerability",
  "Details",
  "Recommendation",
]);

const squeeze = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");
const isLoginInfo = (name: string): boolean => squeeze(name) === "logininfo";

/** Whether `true` occurs anywhere inside. */
function saysTrue(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === true;
  return Object.values(value).some(saysTrue);
}

/** Whether the report says that sign-in data was used (docs/upstream-api.md section 10, `Login_Info`). */
export function saysSignInUsed(loginInfo: unknown): boolean {
  return saysTrue(loginInfo) || leavesOf(loginInfo).some((text) => !saysNoSignIn(text));
}

/** Keeps names apart that became equal when cleaned. */
function toObject(entries: readonly (readonly [string, unknown])[]): WireObject {
  const taken = new Map<string, number>();
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const times = (taken.get(name) ?? 0) + 1;
      taken.set(name, times);
      return [times === 1 ? name : `${name} (${times})`, value];
    }),
  );
}

function blank(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(blank);
  if (isWireObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, blank(member)]));
  return leavesOf(value).length === 0 ? value : redacted;
}

/**
 * Removes sign-in data from a report when it enters the dashboard: `Login_Info`, its values in any encoding wherever they occur,
 * header lines with credentials and the ids they contain, and fields whose name indicates sign-in data. Shapes are kept, and
 * `signInUsed` is all that remains. Returns `null` if there is more sign-in data than can be searched for.
 */
export function withoutSignIn(payload: WireObject): { wire: WireObject; signInUsed: boolean } | null {
  const loginInfo = Object.entries(payload)
    .filter(([name]) => isLoginInfo(name))
    .map(([, value]) => value);
  const rest = Object.entries(payload).filter(([name]) => !isLoginInfo(name));
  const mask = createSignInMask(loginInfo, leavesOf(rest));
  if (mask === tooManySecrets) return null;

  const text = (value: string): string =>
    (mask === null ? value : mask(value)).replace(credentialHeaderIn, `$1 ${redacted}`);
  const clean = (value: unknown, namesAreContent = false): unknown => {
    if (typeof value === "string") return text(value);
    if (typeof value === "number") return mask !== null && text(String(value)) !== String(value) ? redacted : value;
    if (Array.isArray(value)) return value.map((member) => clean(member));
    if (!isWireObject(value)) return value;
    return toObject(
      Object.entries(value).map(([name, member]) => {
        const isField = !namesAreContent;
        if (isField && secretField.test(squeeze(name))) return [text(name), blank(member)];
        if (isField && typeof member === "string" && member.trim() !== "" && likelySecretField.test(name)) {
          return [text(name), redacted];
        }
        return [text(name), clean(member)];
      }),
    );
  };
  // The top level is handled here, so that its names are judged as fields and those of the five objects are not.
  const wire = toObject(
    rest.map(([name, value]) => {
      if (!namedByContent.has(name)) return Object.entries(clean({ [name]: value }) as WireObject)[0] ?? [name, value];
      return [name, clean(value, true)];
    }),
  );
  return { wire, signInUsed: saysSignInUsed(loginInfo) };
}
