import { unknownAt, type HealthCheck, type Service } from "../../../model";
import type { BuiltLoadBalancer } from "../built";
import type { RefusalKind } from "../refusal";
import { awsService, LOCAL, webService } from "@evenkeel/test-generators";
import { ccmBuild, ccmHealthCheck, type CcmSettings } from ".";

const HC = "aws-load-balancer-healthcheck";
const ATTRIBUTES = "aws-load-balancer-target-group-attributes";

function built(subject: Service, settings?: CcmSettings): BuiltLoadBalancer {
  const outcome = ccmBuild(subject, settings);
  if (!("built" in outcome)) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
  return outcome.built;
}

const values = (check: HealthCheck) =>
  Object.fromEntries(Object.entries(check).map(([name, setting]) => [name, setting?.value]));
const first = ({ listeners: [listener] }: BuiltLoadBalancer) => listener?.targetGroup;

const cluster = {
  protocol: "TCP",
  port: "traffic-port",
  intervalSeconds: 30,
  timeoutSeconds: 10,
  healthyThreshold: 3,
  unhealthyThreshold: 3,
};
const local = {
  protocol: "HTTP",
  port: 31223,
  path: "/healthz",
  intervalSeconds: 10,
  timeoutSeconds: 10,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
};
const shared: CcmSettings = { healthProbeMode: "Shared" };

describe("health check as computed (pkg/providers/v1/aws.go buildNLBHealthCheckConfiguration)", () => {
  test.each<[string, Service, CcmSettings, object]>([
    ["Cluster", webService({}), {}, cluster],
    ["Local", webService(LOCAL), {}, local],
    [
      "Local without health-check node port asks port 0 with no path",
      webService({ externalTrafficPolicy: "Local" }),
      {},
      { ...local, port: 0, path: "" },
    ],
    [
      "TCP by annotation under Local",
      awsService({ [`${HC}-protocol`]: "tcp" }, LOCAL),
      {},
      { ...local, protocol: "TCP", path: undefined },
    ],
    [
      "HTTP by annotation under Cluster",
      awsService({ [`${HC}-protocol`]: "http" }),
      {},
      { ...cluster, protocol: "HTTP", path: "/" },
    ],
    [
      "a number that wraps around",
      awsService({ [`${HC}-interval`]: "99999999999" }),
      {},
      { ...cluster, intervalSeconds: 1215752191 },
    ],
    [
      "Shared replaces what is written under Cluster",
      awsService({ [`${HC}-protocol`]: "tcp", [`${HC}-port`]: "nonsense" }),
      shared,
      { ...cluster, protocol: "HTTP", port: 10256, path: "/healthz" },
    ],
    [
      "Shared with port and path of its own",
      webService({}),
      { ...shared, sharedProbePort: 12345, sharedProbePath: "/livez" },
      { ...cluster, protocol: "HTTP", port: 12345, path: "/livez" },
    ],
    ["Shared leaves Local alone", webService(LOCAL), shared, local],
  ])("%s", (_name, subject, settings, expected) => {
    expect(values(ccmHealthCheck(subject, settings))).toEqual(expected);
  });

  test("an unknown policy leaves only the defaults open", () => {
    const subject = awsService(
      { [`${HC}-interval`]: "20" },
      { externalTrafficPolicy: unknownAt("spec.externalTrafficPolicy") },
    );
    const check = ccmHealthCheck(subject, {});
    expect(check.intervalSeconds.value).toBe(20);
    expect(check.protocol.value).toMatchObject({ unknown: true });
  });
});

describe("what reaches AWS", () => {
  test("neither timeout nor success codes are sent, so AWS's own hold", () => {
    const check = first(built(awsService({ [`${HC}-timeout`]: "3" }, LOCAL)))?.healthCheck;
    expect(check).toMatchObject({
      timeoutSeconds: { value: 6, by: "default" },
      matcher: { value: "200-399", by: "default" },
    });
    expect(first(built(webService({})))?.healthCheck.timeoutSeconds.value).toBe(10);
  });

  test("instance targets at the node port, on the internet unless told otherwise", () => {
    expect(first(built(webService({})))).toMatchObject({
      targets: { value: "instance" },
      port: { value: 31080 },
    });
    expect(built(webService({})).scheme).toMatchObject({ value: "internet-facing", by: "default" });
    expect(built(awsService({ "aws-load-balancer-internal": "0" })).scheme.value).toBe("internal");
    expect(built(awsService({ "aws-load-balancer-internal": "false" })).scheme.value).toBe("internet-facing");
  });

  test("a star for the TLS ports means all of them", () => {
    const tls = { "aws-load-balancer-ssl-cert": "arn", "aws-load-balancer-ssl-ports": "*" };
    expect(built(awsService(tls)).listeners[0]?.protocol.value).toBe("TLS");
    expect(
      built(awsService({ ...tls, "aws-load-balancer-ssl-ports": "443" })).listeners[0]?.protocol.value,
    ).toBe("TCP");
  });

  test("a port without node port is left out", () => {
    const ports = [{ name: "", protocol: "TCP" as const, port: 80, targetPort: 80 }];
    expect(built(webService({ ports }))).toMatchObject({
      listeners: [],
      left: [{ reason: "it has no node port" }],
    });
  });

  test("PROXY protocol by attribute; the annotation is of Classic Load Balancers alone", () => {
    expect(
      first(built(awsService({ [ATTRIBUTES]: "proxy_protocol_v2.enabled=true" })))?.proxyProtocol.value,
    ).toBe("v2");
    expect(first(built(awsService({ "aws-load-balancer-proxy-protocol": "*" })))?.proxyProtocol.value).toBe(
      "off",
    );
  });
});

test.each<[RefusalKind, string, Service, CcmSettings?]>([
  ["healthCheckProtocol", "grpc", awsService({ [`${HC}-protocol`]: "grpc" }), shared],
  ["healthCheckPort", "a port by name", awsService({ [`${HC}-port`]: "http" })],
  ["number", "an interval that is none", awsService({ [`${HC}-interval`]: "x" })],
  ["probeMode", "a mode in small letters", webService({}), { healthProbeMode: "shared" }],
  [
    "attribute",
    "any other attribute",
    awsService({ [ATTRIBUTES]: "deregistration_delay.timeout_seconds=5" }),
  ],
  ["attribute", "a value that is no boolean", awsService({ [ATTRIBUTES]: "preserve_client_ip.enabled=1" })],
  ["affinity", "session affinity", webService({ sessionAffinity: "ClientIP" })],
])("refused (%s): %s", (...[kind, , subject, settings]) => {
  expect(ccmBuild(subject, settings)).toMatchObject({ refusal: { kind } });
});
