import * as z from "zod/mini";
import { isWebUrl } from "../domain/target.ts";
import { codeError } from "./code-error.ts";
import { limits } from "./limits.ts";

/** An absolute http or https URL that somebody has to enter. */
export const webUrlSchema = z.string().check(
  z.trim(),
  z.minLength(1, codeError("160432")),
  z.maxLength(limits.urlLength, codeError("VALUE_TOO_LONG")),
  z.refine((text) => text === "" || /^https?:\/\//i.test(text), { ...codeError("160331"), abort: true }),
  z.refine((text) => text === "" || isWebUrl(text), codeError("URL_INVALID")),
);
