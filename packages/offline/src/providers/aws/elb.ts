import type { Schema } from "./schema";

// terraform-provider-aws internal/service/elbv2, as @pulumi/aws 7 exposes it. The test holds these tables against the
// declarations of the installed package.

const ALWAYS = ["id", "region"];
const TAGGED = [...ALWAYS, "arn", "tagsAll"];

export const targetGroup: Schema = {
  defaults: { deregistrationDelay: 300, targetType: "instance" },
  planned: { lambdaMultiValueHeadersEnabled: false, proxyProtocolV2: false, slowStart: 0 },
  computed: [
    ...TAGGED,
    "arnSuffix",
    "connectionTermination",
    "healthCheck",
    "ipAddressType",
    "loadBalancerArns",
    "loadBalancingAlgorithmType",
    "loadBalancingAnomalyMitigation",
    "loadBalancingCrossZoneEnabled",
    "name",
    "namePrefix",
    "preserveClientIp",
    "protocolVersion",
    "stickiness",
    "targetFailovers",
    "targetGroupHealth",
    "targetHealthStates",
  ],
  blocks: {
    healthCheck: {
      defaults: {
        enabled: true,
        healthyThreshold: 3,
        interval: 30,
        port: "traffic-port",
        protocol: "HTTP",
        unhealthyThreshold: 3,
      },
      computed: ["matcher", "path", "timeout"],
    },
    stickiness: { defaults: { cookieDuration: 86400, enabled: true } },
    targetFailovers: {},
    targetGroupHealth: {
      blocks: {
        dnsFailover: {
          defaults: { minimumHealthyTargetsCount: "off", minimumHealthyTargetsPercentage: "off" },
        },
        unhealthyStateRouting: {
          defaults: { minimumHealthyTargetsCount: 1, minimumHealthyTargetsPercentage: "off" },
        },
      },
    },
    targetHealthStates: { planned: { unhealthyDrainingInterval: 0 } },
  },
};

export const loadBalancer: Schema = {
  defaults: {
    clientKeepAlive: 3600,
    desyncMitigationMode: "defensive",
    dnsRecordClientRoutingPolicy: "any_availability_zone",
    enableHttp2: true,
    idleTimeout: 60,
    loadBalancerType: "application",
    xffHeaderProcessingMode: "append",
  },
  planned: {
    dropInvalidHeaderFields: false,
    enableCrossZoneLoadBalancing: false,
    enableDeletionProtection: false,
    enableTlsVersionAndCipherSuiteHeaders: false,
    enableWafFailOpen: false,
    enableXffClientPort: false,
    enableZonalShift: false,
    preserveHostHeader: false,
  },
  computed: [
    ...TAGGED,
    "arnSuffix",
    "dnsName",
    "enablePrefixForIpv6SourceNat",
    "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
    "internal",
    "ipAddressType",
    "name",
    "namePrefix",
    "secondaryIpsAutoAssignedPerSubnet",
    "securityGroups",
    "subnetMappings",
    "subnets",
    "vpcId",
    "zoneId",
  ],
  blocks: {
    accessLogs: { planned: { enabled: false } },
    connectionLogs: { planned: { enabled: false } },
    healthCheckLogs: { planned: { enabled: false } },
    ipamPools: {},
    minimumLoadBalancerCapacity: {},
    subnetMappings: { computed: ["outpostId"] },
  },
};

const REDIRECT = {
  host: "#{host}",
  path: "/#{path}",
  port: "#{port}",
  protocol: "#{protocol}",
  query: "#{query}",
};
// Request and response headers that only Application Load Balancers rewrite.
const HEADERS = [
  "routingHttpRequestXAmznMtlsClientcertHeaderName",
  "routingHttpRequestXAmznMtlsClientcertIssuerHeaderName",
  "routingHttpRequestXAmznMtlsClientcertLeafHeaderName",
  "routingHttpRequestXAmznMtlsClientcertSerialNumberHeaderName",
  "routingHttpRequestXAmznMtlsClientcertSubjectHeaderName",
  "routingHttpRequestXAmznMtlsClientcertValidityHeaderName",
  "routingHttpRequestXAmznTlsCipherSuiteHeaderName",
  "routingHttpRequestXAmznTlsVersionHeaderName",
  "routingHttpResponseAccessControlAllowCredentialsHeaderValue",
  "routingHttpResponseAccessControlAllowHeadersHeaderValue",
  "routingHttpResponseAccessControlAllowMethodsHeaderValue",
  "routingHttpResponseAccessControlAllowOriginHeaderValue",
  "routingHttpResponseAccessControlExposeHeadersHeaderValue",
  "routingHttpResponseAccessControlMaxAgeHeaderValue",
  "routingHttpResponseContentSecurityPolicyHeaderValue",
  "routingHttpResponseServerEnabled",
  "routingHttpResponseStrictTransportSecurityHeaderValue",
  "routingHttpResponseXContentTypeOptionsHeaderValue",
  "routingHttpResponseXFrameOptionsHeaderValue",
];

export const listener: Schema = {
  computed: [...TAGGED, ...HEADERS, "mutualAuthentication", "protocol", "sslPolicy", "tcpIdleTimeoutSeconds"],
  blocks: {
    defaultActions: {
      computed: ["order"],
      blocks: {
        authenticateCognito: {
          computed: ["onUnauthenticatedRequest", "scope", "sessionCookieName", "sessionTimeout"],
        },
        authenticateOidc: {
          computed: ["onUnauthenticatedRequest", "scope", "sessionCookieName", "sessionTimeout"],
        },
        fixedResponse: { computed: ["statusCode"] },
        forward: {
          blocks: { stickiness: { planned: { enabled: false } }, targetGroups: { defaults: { weight: 1 } } },
        },
        redirect: { defaults: REDIRECT },
      },
    },
    mutualAuthentication: { planned: { ignoreClientCertificateExpiry: false } },
  },
};

export const targetGroupAttachment: Schema = { computed: ALWAYS };
export const autoScalingAttachment: Schema = { computed: ALWAYS };
export const trafficSourceAttachment: Schema = { computed: ALWAYS, blocks: { trafficSource: {} } };
