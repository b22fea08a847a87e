import { writeFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { PolicyPack, UnknownValueError, type ResourceValidationPolicy } from "@pulumi/policy";

const PORTS = "test:index:Ports";
const pidFile = process.env["EVENKEEL_TEST_PID_FILE"];
if (pidFile !== undefined) writeFileSync(pidFile, String(process.pid));

/** A rule that reads port by port: what is not known in one hides nothing in another. */
const portByPort: ResourceValidationPolicy = {
  name: "port-by-port",
  description: "Ports are high.",
  enforcementLevel: "mandatory",
  severity: "high",
  configSchema: { properties: { lowest: { type: "number", default: 1024 } } },
  validateResource: (args, report) => {
    if (args.type !== PORTS) return;
    const { lowest } = args.getConfig<{ lowest: number }>();
    const unknowns: UnknownValueError[] = [];
    // Neither forEach nor for-of: both read the value before the body runs, and an unknown one throws there.
    for (let index = 0; index < args.props["ports"].length; index++) {
      try {
        const port: number = args.props["ports"][index];
        if (port < lowest) report(`ports[${index}] is ${port}; wanted ${lowest} or more`);
      } catch (error) {
        if (!(error instanceof UnknownValueError)) throw error;
        unknowns.push(error);
      }
    }
    if (unknowns[0] !== undefined) throw unknowns[0];
  },
};

/** The same, written as most people would: the first unknown ends the rule. */
const allAtOnce: ResourceValidationPolicy = {
  name: "all-at-once",
  description: "Ports are high.",
  enforcementLevel: "mandatory",
  validateResource: (args, report) => {
    if (args.type !== PORTS) return;
    for (const port of args.props["ports"]) if (port < 1024) report(`port ${port} is low`);
  },
};

/** What the pack knows about the stack when it loads. */
const environment: ResourceValidationPolicy = {
  name: "environment",
  description: "Says where it runs.",
  enforcementLevel: "advisory",
  validateResource: (args, report) => {
    if (args.type !== PORTS) return;
    report(
      [
        pulumi.getProject(),
        pulumi.getStack(),
        pulumi.runtime.isDryRun(),
        new pulumi.Config().get("size"),
      ].join(" "),
    );
  },
};

new PolicyPack("ports", { policies: [portByPort, allAtOnce, environment] });
