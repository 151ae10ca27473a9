import type { Request, RequestHandler, Response } from "express";
import { describe, expect, it } from "vitest";
import { sequence } from "./sequence.ts";

/** What a sequence passes on; `undefined` when it reached its end without an error. */
function run(...handlers: RequestHandler[]): Promise<unknown> {
  return new Promise((resolve) => {
    void sequence(...handlers)({} as Request, {} as Response, resolve);
  });
}

const passOn: RequestHandler = (_request, _response, next) => next();
const fault = new Error("fault");

describe("handlers in a sequence", () => {
  it("run in order, also after one that waits, and inside another sequence", async () => {
    const calls: number[] = [];
    const note =
      (number: number): RequestHandler =>
      async (_request, _response, next) => {
        await Promise.resolve();
        calls.push(number);
        next();
      };
    expect(await run(note(1), sequence(note(2), note(3)), note(4))).toBeUndefined();
    expect(calls).toEqual([1, 2, 3, 4]);
  });

  it("pass the first error on, whether thrown, rejected or given to next, and the later ones do not run", async () => {
    let later = 0;
    const countLater: RequestHandler = (_request, _response, next) => {
      later += 1;
      next();
    };
    const failing: RequestHandler[] = [
      () => {
        throw fault;
      },
      async () => {
        await Promise.resolve();
        throw fault;
      },
      (_request, _response, next) => next(fault),
    ];
    for (const handler of failing) {
      expect(await run(passOn, handler, countLater)).toBe(fault);
      expect(await run(sequence(passOn, sequence(handler)), countLater)).toBe(fault);
    }
    expect(later).toBe(0);
  });

  it("count as failed also when nothing was thrown or rejected", async () => {
    const throwNothing: RequestHandler = () => {
      throw undefined;
    };
    expect(await run(throwNothing)).toBeInstanceOf(Error);
    expect(await run(() => Promise.reject())).toBeInstanceOf(Error);
  });

  it("end the request when one does not call next", () => {
    let isPassedOn = false;
    void sequence(() => {}, passOn)({} as Request, {} as Response, () => {
      isPassedOn = true;
    });
    expect(isPassedOn).toBe(false);
  });
});
