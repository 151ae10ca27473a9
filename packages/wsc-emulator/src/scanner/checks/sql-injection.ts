import { createMarker } from "../marker.ts";
import type { Check, Judgement } from "./check.ts";
import { findMoreOften } from "./find-more-often.ts";

const clean: Judgement = { kind: "clean" };
const undecided: Judgement = { kind: "undecided" };

/**
 * Error messages of database servers when a quote breaks a statement. Type errors of a column are deliberately omitted, because a
 * bound parameter causes them too.
 */
const syntaxErrors: readonly RegExp[] = [
  /You have an error in your SQL syntax/g, // MySQL, MariaDB
  /unterminated quoted (?:string|identifier) at or near|ERROR:\s+syntax error at or near/g, // PostgreSQL
  /Unclosed quotation mark after the character string|Incorrect syntax near/g, // SQL Server
  /ORA-(?:00907|00911|00923|00933|00936|01740|01756)\b/g, // Oracle
  /unrecognized token: |near (?:"|&quot;|&#34;).{0,100}?(?:"|&quot;|&#34;): syntax error/g, // SQLite
];

/**
 * Error-based SQL injection. The probe ends text in either kind of quotes and so breaks the statement, which changes and reads
 * nothing. Proven if the response holds a database's syntax error that the usual value does not cause.
 */
export const sqlInjection: Check = {
  item: "SQL Injection",

  probesFor({ usualValue }) {
    const marker = createMarker();
    return [
      { markers: [marker], value: `${usualValue}'"${marker}` },
      { markers: [], value: usualValue },
    ];
  },

  judge([broken, usual]) {
    if (broken === undefined) return undecided;
    if (broken.page === null || findSyntaxError(broken.page.body) === null) return clean;
    if (usual === undefined) return undecided;
    // Without the control response an error proves nothing.
    const position = usual.page === null ? null : findSyntaxError(broken.page.body, usual.page.body);
    return position === null ? clean : { kind: "finding", risk: "High", exchange: broken, position };
  },
};

/** Returns where a syntax error occurs more often than in the control. */
function findSyntaxError(body: string, control = ""): number | null {
  for (const pattern of syntaxErrors) {
    const position = findMoreOften(pattern, body, control);
    if (position !== null) return position;
  }
  return null;
}
