import { readFileSync } from "node:fs";
import { Secret } from "@wsc-dashboard/wsc-core/node";
import type { Environment } from "../config/env.ts";
import { isLoopbackHost } from "../config/loopback.ts";
import { ClientFailure } from "./exit-code.ts";

export interface ClientSettings {
  /** Origin of the dashboard. */
  readonly origin: string;
  readonly token: Secret;
}

function readOrigin(text: string): string {
  if (!URL.canParse(text)) throw new ClientFailure("usage", "WSC_URL is no address such as https://wsc.example.com");
  const { protocol, hostname, origin, pathname, search } = new URL(text);
  if (pathname !== "/" || search !== "") throw new ClientFailure("usage", "WSC_URL is an origin, without a path");
  // A token is a credential and must not be sent in plain text.
  if (protocol !== "https:" && !(protocol === "http:" && isLoopbackHost(hostname)))
    throw new ClientFailure("usage", "WSC_URL must be https; http is for loopback addresses only");
  return origin;
}

function readToken({ WSC_TOKEN: text = "", WSC_TOKEN_FILE: file = "" }: Environment): string {
  if (text !== "" && file !== "") throw new ClientFailure("usage", "WSC_TOKEN and WSC_TOKEN_FILE are both set");
  if (file === "") return text.trim();
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new ClientFailure("usage", `WSC_TOKEN_FILE cannot be read (${code})`);
  }
}

/** Reads the client's settings; none of the server's are needed. Throws ClientFailure. */
export function readClientSettings(environment: Environment): ClientSettings {
  const { WSC_URL: url = "" } = environment;
  if (url === "") throw new ClientFailure("usage", "WSC_URL is required: the address of the dashboard");
  const token = readToken(environment);
  if (token === "") throw new ClientFailure("usage", "WSC_TOKEN or WSC_TOKEN_FILE is required: a service token");
  // Other characters are not valid in a header.
  if (!/^[\x21-\x7e]{1,200}$/.test(token))
    throw new ClientFailure("usage", "the service token has characters that no token has");
  return { origin: readOrigin(url), token: new Secret(token) };
}
