import { sectionOf } from "./configuration";

test.each([
  ["a section and its settings", "[LoadBalancer]\ncreate-monitor=true\n", { "create-monitor": "true" }],
  ["blanks and quotes", '[ LoadBalancer ]\n  lb-provider = "ovn"  \n', { "lb-provider": "ovn" }],
  [
    "comments",
    "[LoadBalancer] # ours\nlb-provider = ovn ; for now\n# create-monitor = true\n",
    { "lb-provider": "ovn" },
  ],
  ["a name alone is true", "[LoadBalancer]\ncreate-monitor\n", { "create-monitor": "true" }],
  [
    "other sections",
    "[Global]\npassword = x\n[LoadBalancer]\nenabled=false\n[Route]\nrouter-id = y\n",
    { enabled: "false" },
  ],
  ["sections with a name of their own", '[LoadBalancerClass "a"]\nsubnet-id = x\n', {}],
  ["names in any case", "[loadbalancer]\nCreate-Monitor = true\n", { "create-monitor": "true" }],
  ["no text", "", {}],
])("%s", (_, text, expected) => {
  expect(sectionOf(text, "LoadBalancer")).toEqual(expected);
});
