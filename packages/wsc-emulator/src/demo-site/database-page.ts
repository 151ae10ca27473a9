import type { Response } from "express";
import { SqlSyntaxError } from "./demo-database.ts";
import { escapeHtml, renderPage } from "./demo-layout.ts";

/** Sends a page made of database rows or, as a careless shop does, what the database had to say about the statement. */
export function sendDatabasePage(response: Response, title: string, renderRows: () => string): void {
  try {
    response.send(renderPage(title, renderRows()));
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    response.status(500).send(renderPage("Database error", `<pre>${escapeHtml(error.message)}</pre>`));
  }
}
