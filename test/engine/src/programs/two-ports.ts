import * as pulumi from "@pulumi/pulumi";

/** A component with two ports: one that is known at preview only after an update, and one that is wrong in any case. */
class Ports extends pulumi.ComponentResource {
  constructor(name: string, args: { ports: pulumi.Input<number>[] }) {
    super("test:index:Ports", name, args);
    this.registerOutputs({ ports: args.ports });
  }
}

const later = pulumi.output(pulumi.runtime.isDryRun() ? (pulumi.unknown as number) : 8080);

new Ports("web", { ports: [later, 80] });
