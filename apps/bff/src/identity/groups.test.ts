import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupsIn } from "./groups.ts";

describe("the groups in a set of claims", () => {
  it("are found by the exact claim name or by a dotted path", () => {
    const cases: readonly (readonly [object, string, readonly string[] | null])[] = [
      [{ groups: ["a", "b"] }, "groups", ["a", "b"]],
      [{ groups: "a b" }, "groups", ["a b"]],
      [{ realm_access: { roles: ["ops"] } }, "realm_access.roles", ["ops"]],
      [
        { resource_access: { "wsc.example.com": { roles: ["ops"] } } },
        "resource_access.wsc.example.com.roles",
        ["ops"],
      ],
      [{ "https://example.com/groups": ["ops"] }, "https://example.com/groups", ["ops"]],
      [{ "realm_access.roles": ["flat"], realm_access: { roles: ["ops"] } }, "realm_access.roles", ["flat"]],
      [{ "a.b": { x: 1 }, a: { "b.c": ["ops"] } }, "a.b.c", ["ops"]],
      [{ realm_access: { roles: [] } }, "realm_access.roles", []],
      [{}, "groups", null],
      [{ realm_access: ["roles"] }, "realm_access.roles", null],
      [{ realm_access: "roles" }, "realm_access.length", null],
      [{}, "constructor.name", null],
      [{}, "__proto__", null],
      [{}, "..", null],
    ];
    for (const [claims, name, groups] of cases) {
      expect(groupsIn({ ...claims }, name), `${name} in ${JSON.stringify(claims)}`).toEqual(groups);
    }
  });

  it("are the keys of an object of roles, as some providers write them", () => {
    const roles = { admin: { "7": "example.com" }, viewer: true, operator: false, auditor: null, none: {}, empty: "" };
    const name = "urn:example:roles";
    expect(groupsIn({ [name]: roles }, name)).toEqual(["admin", "viewer"]);
  });

  it("in any other form are refused as a whole", () => {
    for (const groups of [1, true, null, ["a", 1], [["a"]], [{ name: "a" }]]) {
      expect(() => groupsIn({ groups }, "groups"), JSON.stringify(groups)).toThrow(
        expect.objectContaining({ code: "NO_ROLE" }),
      );
    }
  });

  it("are not found through inherited properties", () => {
    fc.assert(
      fc.property(fc.object(), fc.string({ maxLength: 20 }), (claims, name) => {
        const marked = ["_claim_names", "hasgroups", "groups:src1"].some((mark) => Object.hasOwn(claims, mark));
        fc.pre(!marked && !JSON.stringify(claims).includes(JSON.stringify(name.split(".").at(-1) ?? "").slice(1, -1)));
        expect(groupsIn(claims, name)).toBeNull();
      }),
    );
  });
});
