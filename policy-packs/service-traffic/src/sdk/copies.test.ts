import { refuseCopies } from "./copies";

const at = (folder: string) => `${folder}/@pulumi/policy/index.js`;

test("one copy of the policy SDK is as it should be, however many of its modules are loaded", () => {
  expect(() =>
    refuseCopies([at("/app/node_modules"), "/app/node_modules/@pulumi/policy/proxy.js"]),
  ).not.toThrow();
  expect(() =>
    refuseCopies(["/app/node_modules/@pulumi/policy-other/index.js", "/app/pack.js"]),
  ).not.toThrow();
});

test("two copies are refused, each by its folder", () => {
  const nested = "/app/node_modules/@evenkeel/service-traffic/node_modules";
  expect(() => refuseCopies([at("/app/node_modules"), at(nested)])).toThrow(
    `2 copies of @pulumi/policy are loaded: /app/node_modules/@pulumi/policy and ${nested}/@pulumi/policy`,
  );
  const windows = [
    "C:\\a\\node_modules\\@pulumi\\policy\\index.js",
    "C:\\b\\node_modules\\@pulumi\\policy\\index.js",
  ];
  expect(() => refuseCopies(windows)).toThrow("C:\\a\\node_modules\\@pulumi\\policy");
});
