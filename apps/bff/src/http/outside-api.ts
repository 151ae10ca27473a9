import type { RequestHandler } from "express";

/** Routes none of which is below `/api`: calls of the API go by without a look at each of them. */
export const outsideApi =
  (routes: RequestHandler): RequestHandler =>
  (request, response, next) =>
    request.url.startsWith("/api/") ? next() : routes(request, response, next);
