import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A foreign site on this machine. */
export interface AttackSite {
  /** The same page under a name that browsers take for another site, and under one that they take for a sibling of ours. */
  readonly origins: { readonly "another site": string; readonly "a sibling": string };
  /** From now on every page of it is this. */
  serve(html: string): void;
  close(): Promise<void>;
}

export async function startAttackSite(): Promise<AttackSite> {
  let html = "";
  const server = createServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(`<!doctype html>${html}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origins: { "another site": `http://localhost:${port}`, "a sibling": `http://127.0.0.1:${port}` },
    serve: (page) => {
      html = page;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
