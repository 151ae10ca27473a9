import type { NextFunction, RequestHandler } from "express";

/**
 * One handler that runs several in order, as Express does with separate ones: an error goes to the error handler, thrown, rejected
 * or passed to `next`. A layer of Express's router costs more CPU than most of the handlers.
 */
export function sequence(...handlers: readonly RequestHandler[]): RequestHandler {
  return (request, response, next) => {
    let index = 0;
    const step: NextFunction = (error?: unknown) => {
      const handler = error === undefined || error === null ? handlers[index] : undefined;
      index += 1;
      if (handler === undefined) {
        next(error);
        return;
      }
      try {
        const running: unknown = handler(request, response, step);
        if (running instanceof Promise)
          running.catch((reason) => next(reason ?? new Error("rejected without a reason")));
      } catch (thrown) {
        next(thrown ?? new Error("thrown without a reason"));
      }
    };
    step();
  };
}
