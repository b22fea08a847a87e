import { adviceText, COMMAND_MEANS, type Advice } from "./advice";

test.each<[string, Advice, string]>([
  ["words that hold everywhere", "set it to a plain value", "set it to a plain value"],
  ["one of the means", { means: "bringIn" }, "bring it in"],
  ["something else as well", { means: "bringIn", or: "tag it" }, "bring it in, or tag it"],
  ["several, each once", ["set it", { means: "describeNodes" }, "set it"], "set it; describe them"],
])("%s", (_, advice, wanted) => {
  expect(adviceText(advice, { bringIn: "bring it in", describeNodes: "describe them" })).toBe(wanted);
});

test("on a terminal if nothing else is said", () => {
  expect(adviceText({ means: "bringIn" })).toBe(COMMAND_MEANS.bringIn);
});
