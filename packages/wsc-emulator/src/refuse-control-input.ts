import type { ErrorRequestHandler, RequestHandler } from "express";
import * as z from "zod/mini";

/** Last handler of a control endpoint: 404 for an unknown path. */
export const noSuchControl: RequestHandler = (_request, response) =>
  void response.status(404).json({ error: "No such control." });

/** Error handler of a control endpoint: 400 with the reason for invalid input. */
export const refuseControlInput: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const reason = error instanceof z.core.$ZodError ? z.prettifyError(error) : String(error);
  response.status(400).json({ error: reason });
};
