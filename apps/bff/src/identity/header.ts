import { hash, timingSafeEqual } from "node:crypto";
import { BlockList, isIPv6 } from "node:net";
import { WscError } from "@wsc-dashboard/wsc-core";
import type { Secret } from "@wsc-dashboard/wsc-core/node";
import type { Request } from "express";
import { LRUCache } from "lru-cache";
import type { HeaderSettings } from "../config/auth-settings.ts";
import type { Network } from "../config/trusted-proxies.ts";
import { rolesFor, rolesOf } from "./groups.ts";
import type { Identity, User } from "./identity.ts";
import { firstLabel, isName } from "./names.ts";

const secretHeader = "x-wsc-proxy-secret";

function refuse(reason: string): never {
  throw new WscError("SESSION_REQUIRED", reason);
}

function addressList(networks: readonly Network[]): BlockList {
  const list = new BlockList();
  for (const { address, prefix, family } of networks) list.addSubnet(address, prefix, family);
  return list;
}

/** Cache sizes: peer addresses, and people by their headers. */
const maxPeers = 1_000;
const maxPeople = 2_000;
/** Longer headers are not cached, which bounds memory. */
const maxRememberedLength = 4_000;

/** Returns a check whether a peer address belongs to a trusted proxy. */
export function createProxyCheck(networks: readonly Network[]): (peer: string) => boolean {
  const list = addressList(networks);
  const known = new LRUCache<string, boolean>({ max: maxPeers });
  return (peer) => {
    const isKnown = known.get(peer);
    if (isKnown !== undefined) return isKnown;
    const isProxy = list.check(peer, isIPv6(peer) ? "ipv6" : "ipv4");
    known.set(peer, isProxy);
    return isProxy;
  };
}

const digestOf = (text: string): Buffer => hash("sha256", text, "buffer");

/** Compares with every secret in constant time. */
function secretCheck(secrets: readonly Secret[]): (presented: string) => boolean {
  const digests = secrets.map((secret) => digestOf(secret.reveal()));
  return (presented) => {
    const digest = digestOf(presented);
    return digests.map((known) => timingSafeEqual(known, digest)).some(Boolean);
  };
}

/** Trims spaces and tabs, which are not part of a header's value (RFC 9110, section 5.5), and nothing else. */
function withoutBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && " \t".includes(text.charAt(start))) start += 1;
  while (end > start && " \t".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Decodes UTF-8, since Node reads header bytes as Latin-1. A byte order mark counts as a character. `null` when invalid. */
function textOf(value: string): string | null {
  if (/^[!-~]*$/.test(value)) return value;
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return withoutBlanks(decoder.decode(Buffer.from(value, "latin1")));
  } catch {
    return null;
  }
}

/** The single value of a header; `null` when it is missing. Throws SESSION_REQUIRED for several, which indicate forgery. */
function onlyValue(request: Request, name: string): string | null {
  const values = request.headersDistinct[name.toLowerCase()];
  const value = values?.[0];
  if (values === undefined || value === undefined) return null;
  if (values.length > 1) refuse(`${name} came more than once`);
  return textOf(value) ?? refuse(`${name} is not UTF-8`);
}

/** Identity from headers, trusted only on a connection from the proxy that also sends the secret. */
export function createHeaderIdentity(settings: HeaderSettings): Identity {
  const isProxy = createProxyCheck(settings.trustedProxies);
  const isSecret = secretCheck(settings.proxySecrets);

  /** Checks the peer address; address headers are ignored. */
  function checkProxy(request: Request): void {
    if (!isProxy(request.socket.remoteAddress ?? "")) refuse("the connection is not the proxy's");
    if (!isSecret(onlyValue(request, secretHeader) ?? "")) refuse("the proxy secret is missing or wrong");
  }

  /** Reads the user from the headers; refusals are not cached. */
  function readUser(request: Request): User {
    const user = onlyValue(request, settings.userHeader);
    if (!isName(user) || user.includes(",")) refuse(`${settings.userHeader} names no user, or more than one`);
    const groups = (onlyValue(request, settings.groupsHeader) ?? "")
      .split(settings.groupsSeparator)
      .map(withoutBlanks)
      .filter((group) => group !== "");
    const label = settings.nameHeader === null ? null : onlyValue(request, settings.nameHeader);
    const person = { id: `header:${encodeURIComponent(user)}`, name: firstLabel([label], user) };
    return Object.freeze({
      ...person,
      roles: Object.freeze(rolesFor(person, () => rolesOf(groups, settings.roleMap))),
    });
  }

  const personHeaders = [settings.userHeader, settings.groupsHeader, settings.nameHeader].flatMap((name) =>
    name === null ? [] : [name.toLowerCase()],
  );
  const known = new LRUCache<string, User>({ max: maxPeople });

  /** Caches by the headers: the same values in the same order identify the same person. */
  function userOf(request: Request): User {
    const key = JSON.stringify(personHeaders.map((name) => request.headersDistinct[name] ?? null));
    const before = known.get(key);
    if (before !== undefined) return before;
    const user = readUser(request);
    if (key.length <= maxRememberedLength) known.set(key, user);
    return user;
  }

  return {
    signIn: { startUrl: null, end: settings.signOutUrl === null ? null : { kind: "link", url: settings.signOutUrl } },
    claims: ({ headersDistinct }) =>
      [secretHeader, settings.userHeader, settings.groupsHeader].some(
        (name) => headersDistinct[name.toLowerCase()] !== undefined,
      ),
    async identify(request) {
      checkProxy(request);
      return userOf(request);
    },
  };
}
