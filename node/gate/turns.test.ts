import { expect, it } from "vitest";
import { LONGEST_LINE, Turns } from "./turns.js";

it("runs one work of a key at a time, in order, whatever fails, and other keys beside it", async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const work =
    (name: string, fail = false) =>
    async () => {
      seen.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${name} ends`);
      if (fail) throw new Error(name);
      return name;
    };
  const results = await Promise.allSettled([turns.take("a", work("1", true)), turns.take("a", work("2")), turns.take("b", work("3"))]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
  expect(seen.filter((line) => !line.startsWith("3"))).toEqual(["1 begins", "1 ends", "2 begins", "2 ends"]);
  expect(seen.indexOf("3 begins")).toBeLessThan(seen.indexOf("1 ends"));
});

it("turns away what makes a line too long, and takes more when it is shorter", async () => {
  const turns = new Turns();
  const taken = Array.from({ length: LONGEST_LINE + 5 }, () => turns.take("a", async () => undefined));
  expect(taken.filter((work) => work === undefined)).toHaveLength(4);
  await Promise.all(taken);
  await expect(turns.take("a", async () => "again")).resolves.toBe("again");
});
