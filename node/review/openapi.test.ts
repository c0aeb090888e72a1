import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { openApiText } from "./document.js";

type Operation = { operationId?: string; servers?: object[]; tags?: string[]; security?: object[]; responses: Record<string, object> };
type Document = { paths: Record<string, Record<string, Operation>>; tags: { name: string }[] };

const text = openApiText();
const document: Document = JSON.parse(text);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, method, operation })),
);

/** Those beside the API name a server of their own, and each says itself who may and how it refuses. */
const [beside, inside] = [
  operations.filter(({ operation }) => operation.servers),
  operations.filter(({ operation }) => !operation.servers),
];

describe("the OpenAPI document", () => {
  it("is valid", async () => {
    const result = await new Validator().validate(JSON.parse(text));
    expect(result).toMatchObject({ valid: true });
  });

  it("is the published one: run `npm run docs:openapi` after changing a route", () => {
    expect(readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf8")).toBe(text);
  });

  it.each(inside)("says of $name who may, what it is called and how it refuses", ({ method, operation }) => {
    expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/);
    expect(document.tags.map(({ name }) => name)).toEqual(expect.arrayContaining(operation.tags ?? ["none"]));
    expect(operation.security).toHaveLength(1);
    const statuses = Object.keys(operation.responses);
    expect(statuses).toEqual(expect.arrayContaining(method === "get" ? ["401", "500"] : ["400", "401", "403", "413", "500"]));
  });

  it.each(beside)("says of $name, beside the API, what it is called and who may", ({ operation }) => {
    expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/);
    expect(document.tags.map(({ name }) => name)).toEqual(expect.arrayContaining(operation.tags ?? ["none"]));
    expect(operation.security).toBeInstanceOf(Array);
  });

  it("names every operation once", () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
  });
});
