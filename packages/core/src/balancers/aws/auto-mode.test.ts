import { awsService, webService } from "@evenkeel/test-generators";
import { autoModeBuild } from "./auto-mode";

function built(outcome: ReturnType<typeof autoModeBuild>) {
  if (!("built" in outcome)) throw new Error(JSON.stringify(outcome.refusal));
  return outcome.built;
}

test("pods are the targets unless told otherwise", () => {
  expect(built(autoModeBuild(webService())).listeners[0]?.targetGroup.targets.value).toBe("ip");
  const instance = awsService({ "aws-load-balancer-nlb-target-type": "instance" });
  expect(built(autoModeBuild(instance)).listeners[0]?.targetGroup.targets.value).toBe("instance");
});

test("annotations that Auto Mode does not support have no effect, not even to refuse", () => {
  const { scheme, attributes, listeners } = built(
    autoModeBuild(
      awsService({
        "aws-load-balancer-internal": "false",
        "aws-load-balancer-proxy-protocol": "true",
        "aws-load-balancer-cross-zone-load-balancing-enabled": "true",
      }),
    ),
  );
  expect(scheme).toMatchObject({ value: "internal", by: "default" });
  expect(attributes["load_balancing.cross_zone.enabled"]?.value).toBe(false);
  expect(listeners[0]?.targetGroup.proxyProtocol.value).toBe("off");
});
