import { pathSteps, Positions } from "./positions";

test.each<[string, readonly (string | number)[]]>([
  ["spec.ports[0].nodePort", ["spec", "ports", 0, "nodePort"]],
  ['metadata.annotations["a.b/c"]', ["metadata", "annotations", "a.b/c"]],
  ["resources.limits[example.com/gpu]", ["resources", "limits", "example.com/gpu"]],
  ["", []],
])("the steps of %s", (path, steps) => {
  expect(pathSteps(path)).toEqual(steps);
});

test("a line is that of the field, or of its nearest parent that is there", () => {
  const positions = new Positions("a: 1\n---\nlimits:\n  cpu: 1\n  example.com/gpu: 500m\n");
  expect(positions.lineOf(1, "limits[example.com/gpu]")).toBe(5);
  expect(positions.lineOf(1, "limits[memory]")).toBe(3);
  expect(positions.lineOf(0, "a.b")).toBe(1);
});
