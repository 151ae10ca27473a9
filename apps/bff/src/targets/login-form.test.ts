import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findLoginForm } from "./login-form.ts";

const pageUrl = new URL("https://shop.example.com/account/login?next=/");
const find = (html: string) => findLoginForm(html, pageUrl);

describe("the login form of a page", () => {
  it("is the one that asks for a password, with the field before it as the user name", () => {
    const html = `<form action="/search"><input name="q"></form>
      <form method="post" action="../session"><input type="hidden" name="token" value="1"><select name="branch"></select>
      <input name="tenant"><input type="email" name="user[mail]"><input type="password" name="user[pw]">
      <input type="checkbox" name="remember"><button>Log in</button></form>`;
    expect(find(html)).toEqual({
      actionUrl: "https://shop.example.com/session",
      ...{ idParam: "user[mail]", passwordParam: "user[pw]", others: ["branch", "tenant"] },
    });
  });

  it("is not the form in which a new password is chosen, when there is another", () => {
    const register =
      '<form action="/new"><input name=a><input type=password name=p1><input type=password name=p2></form>';
    const login = '<form action="/in"><input name=id><input type=password name=pw></form>';
    expect(find(register + login)).toMatchObject({ actionUrl: "https://shop.example.com/in", idParam: "id" });
    expect(find(register)).toMatchObject({ actionUrl: "https://shop.example.com/new", passwordParam: "p1" });
  });

  it("follows what the page says of its fields, and its base", () => {
    const html = `<base href="https://login.example.com/x/"><form action="go"><input name="mail" autocomplete="username">
      <input name="code"><input type="password" name="pw"></form>`;
    expect(find(html)).toMatchObject({
      actionUrl: "https://login.example.com/x/go",
      idParam: "mail",
      others: ["code"],
    });
    expect(find("<form><input name=a><input type=password name=b></form>")?.actionUrl).toBe(pageUrl.href);
  });

  it("is none without a password, a user name or an address it can be sent to", () => {
    for (const html of [
      "",
      "<form><input name=q></form>",
      "<input name=a><input type=password name=b>",
      "<form><input type=password name=b></form>",
      "<form action='javascript:alert(1)'><input name=a><input type=password name=b></form>",
      "<form action='https://u:p@shop.example.com/'><input name=a><input type=password name=b></form>",
      "<form><input name='a b'><input type=password name='<x>'></form>",
    ]) {
      expect(find(html), html).toBeNull();
    }
  });

  it("never fails, and never names what cannot be a parameter, whatever the page is", () => {
    const piece = fc.constantFrom(
      "<form>",
      "<form action=//evil.example>",
      "</form>",
      "<input name=a>",
      "<input type=password name=b",
      "<base href='::'>",
      '"><',
      "<a ".repeat(50),
      "\0\ud800",
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ unit: "binary", maxLength: 20 })), { maxLength: 40 }),
        (pieces) => {
          const form = find(pieces.join(""));
          if (form === null) return;
          expect(URL.canParse(form.actionUrl)).toBe(true);
          for (const name of [form.idParam, form.passwordParam, ...form.others])
            expect(name).toMatch(/^[\p{L}\p{N}_.$:[\]-]+$/u);
        },
      ),
    );
  });
});
