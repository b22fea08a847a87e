import * as pulumi from "@pulumi/pulumi";

/** The component of `fixtures/component-package` as another language sees it: by its token, through the engine. */
class RemoteLevel extends pulumi.ComponentResource {
  declare readonly reading: pulumi.Output<{ sentence: string; off: string[] }>;

  constructor(name: string, args: pulumi.Inputs) {
    super("evenkeel:index:Level", name, { ...args, reading: undefined }, {}, true);
  }
}

const level = new RemoteLevel("floor", {
  tolerance: { millimetres: pulumi.output(2), grade: "Fine" },
  marks: ["door", "window", "wall"],
});

export const reading = level.reading;
