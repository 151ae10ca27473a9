import type { RequestHandler } from "express";

/** Wraps routes outside `/api`, so that API calls skip them without trying each. */
export const outsideApi =
  (routes: RequestHandler): RequestHandler =>
  (request, response, next) =>
    request.url.startsWith("/api/") ? next() : routes(request, response, next);
