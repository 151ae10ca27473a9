import { IncomingMessage, ServerResponse } from "node:http";
import type { Express } from "express";

/**
 * Gives the app prototypes that belong to classes, and returns the classes: their requests and responses have the app's prototypes
 * from the start. Express otherwise replaces the prototype of both for each request, after which every access to them is slower.
 * Derived classes, because V8 makes a new hidden class for each object of a function with another prototype.
 */
export function messagesOf(app: Pick<Express, "request" | "response">) {
  class AppRequest extends IncomingMessage {}
  class AppResponse extends ServerResponse {}
  Object.setPrototypeOf(AppRequest.prototype, app.request);
  Object.setPrototypeOf(AppResponse.prototype, app.response);
  app.request = AppRequest.prototype as Express["request"];
  app.response = AppResponse.prototype as Express["response"];
  // As wide as the classes of Node, which servers expect.
  return {
    IncomingMessage: AppRequest as typeof IncomingMessage,
    ServerResponse: AppResponse as typeof ServerResponse,
  };
}
