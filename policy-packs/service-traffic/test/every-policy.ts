import { PolicyPack } from "@pulumi/policy";
import { policies } from "../src/policies";

// The pack without the shortcut: the SDK runs every policy on every request.
new PolicyPack("service-traffic", { policies: policies({}, { sharesPack: false, skips: false }) });
