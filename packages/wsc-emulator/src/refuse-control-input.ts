import type { ErrorRequestHandler, RequestHandler } from "express";
import * as z from "zod/mini";

/** Ends a control endpoint: a path that is none is 404. */
export const noSuchControl: RequestHandler = (_request, response) =>
  void response.status(404).json({ error: "No such control." });

/** Ends a control endpoint: input that is not well formed is 400, and says what is wrong with it. */
export const refuseControlInput: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const reason = error instanceof z.core.$ZodError ? z.prettifyError(error) : String(error);
  response.status(400).json({ error: reason });
};
