import type { RequestHandler } from "express";

const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && /^(?:::1$|(?:::ffff:)?127\.)/.test(address);
const isLoopbackHost = (host: string | undefined): boolean =>
  host !== undefined && /^(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])(?::[0-9]+)?$/i.test(host);

/**
 * Restricts a control endpoint to an operator on this machine: web pages, scanned sites and other machines must not reach faults
 * and settings. A page of another origin cannot send the header without a preflight, which is never answered; DNS rebinding fails
 * at the Host check.
 */
export const requireOperator: RequestHandler = (request, response, next) => {
  const { headers, socket } = request;
  if (!isLoopback(socket.remoteAddress) || !isLoopbackHost(headers.host) || headers["x-wsc-control"] !== "1") {
    response.status(403).json({ error: "Only from this machine, with the header X-WSC-Control: 1." });
    return;
  }
  next();
};
