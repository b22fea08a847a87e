import { answeringRelease, isOn, RELEASES, releaseAssumptionText, releaseOf, sinceRelease } from ".";
import { SUPPORTED_VERSIONS, type Release } from ".";

test("releases follow one another, each in the file of its name, oldest first", () => {
  const minors = RELEASES.map(({ version }) => Number(version.replace(/^1\./, "")));
  expect(minors).toEqual(minors.map((_, index) => (minors[0] ?? 0) + index));
  for (const { version } of RELEASES) {
    const file: { readonly release: Release } = jest.requireActual(`./${version}`);
    expect(releaseOf(version)).toBe(file.release);
  }
});

test("every release has every trait, and its patch is one of its own", () => {
  const [oldest] = RELEASES;
  for (const release of RELEASES) {
    expect(release.proof.patch.startsWith(`${release.version}.`)).toBe(true);
    for (const group of ["api", "scheduler", "controllers", "kubeProxy"] as const)
      expect(Object.keys(release[group]).sort()).toEqual(Object.keys(oldest?.[group] ?? {}).sort());
  }
});

test.each<[string, (release: Release) => boolean, string]>([
  ["PreferClose is acted on", ({ api }) => isOn(api.trafficGates, "ServiceTrafficDistribution"), "1.31"],
  [
    "PreferSameNode and PreferSameZone (KEP-3015)",
    ({ api }) => isOn(api.trafficGates, "PreferSameTrafficDistribution"),
    "1.34",
  ],
  [
    "topology-mode can no longer be switched off",
    ({ api }) => api.trafficGates.TopologyAwareHints === "locked",
    "1.33",
  ],
  ["PreferClose is deprecated", ({ api }) => api.warnings.preferCloseDeprecated, "1.35"],
  ["externalIPs are deprecated (KEP-5707)", ({ api }) => api.warnings.externalIPsDeprecated, "1.36"],
  ["StrictIPCIDRValidation is on (KEP-4858)", ({ api }) => api.strictAddresses, "1.36"],
  ["names may begin with a digit (KEP-5311)", ({ api }) => api.relaxedServiceNames, "1.36"],
  ["balance is scored by improvement (#135573)", ({ scheduler }) => scheduler.balanceByImprovement, "1.36"],
  [
    "50 seconds until a node is lost",
    ({ controllers }) => controllers.nodeMonitorGraceSeconds === 50,
    "1.32",
  ],
  ["ipvs is deprecated (KEP-5495)", ({ kubeProxy }) => kubeProxy.ipvsDeprecated, "1.35"],
  ["an HPA may scale to zero", ({ controllers }) => controllers.hpaScaleToZero, "1.37"],
  ["maxUnavailable of StatefulSets counts", ({ api }) => api.statefulSetMaxUnavailable, "1.37"],
  ["free storage is scored", ({ scheduler }) => scheduler.storageCapacityScores, "1.37"],
])("%s", (_what, holds, since) => {
  expect(sinceRelease(holds)?.version).toBe(since);
});

test("a gate that the cluster sets counts while it is there and not locked", () => {
  const gates = (version: string) => releaseOf(version).api.trafficGates;
  const set = { PreferSameTrafficDistribution: true };
  expect(isOn(gates("1.32"), "PreferSameTrafficDistribution", set)).toBe(false);
  expect(isOn(gates("1.33"), "PreferSameTrafficDistribution", set)).toBe(true);
  expect(isOn(gates("1.33"), "PreferSameTrafficDistribution")).toBe(false);
  expect(isOn(gates("1.34"), "PreferSameTrafficDistribution", { PreferSameTrafficDistribution: false })).toBe(
    false,
  );
  expect(isOn(gates("1.35"), "PreferSameTrafficDistribution", { PreferSameTrafficDistribution: false })).toBe(
    true,
  );
});

test.each(["1.36", "1.36.3", "v1.36.3-eks-1", " 1.36 "])("%p is 1.36", (version) => {
  expect(releaseOf(version).version).toBe("1.36");
});

test("without a version the newest supported release answers", () => {
  expect(releaseOf().version).toBe(SUPPORTED_VERSIONS.newest);
});

test.each([
  ["1.99", "kubernetesVersion: 1.99; wanted a supported version: 1.30 to "],
  ["1.29.4", "kubernetesVersion: 1.29.4; wanted a supported version: 1.30 to "],
  ["2.0", "kubernetesVersion: 2.0; wanted a supported version: 1.30 to "],
  ["soon", "kubernetesVersion: soon; wanted a version such as "],
])("%s is refused", (version, message) => {
  expect(() => releaseOf(version)).toThrow(message);
});

test.each([
  ["1.99.1", "newerThanModelled", SUPPORTED_VERSIONS.newest],
  ["2.0", "newerThanModelled", SUPPORTED_VERSIONS.newest],
  ["1.29", "olderThanModelled", SUPPORTED_VERSIONS.oldest],
])(
  "a cluster of %s is answered for by the nearest release, and the answer says so",
  (version, code, answeredAs) => {
    const { release, assumption } = answeringRelease(version);
    expect(release.version).toBe(answeredAs);
    expect(assumption).toEqual({ code, data: { version, answeredAs } });
    expect(assumption && releaseAssumptionText(assumption)).toContain(`answered as for ${answeredAs}`);
  },
);

test("a modelled release answers without an assumption", () => {
  expect(answeringRelease("1.34.2")).toEqual({ release: releaseOf("1.34") });
  expect(() => answeringRelease("soon")).toThrow("wanted a version such as");
});

test("a release that is only announced answers when it is asked for, with that assumption, and is not the newest", () => {
  const announced = RELEASES.filter(({ proof }) => proof.basis === "announced");
  for (const release of announced) {
    const { version } = release;
    expect(answeringRelease(version)).toMatchObject({ release, assumption: { code: "notReleased" } });
    expect(releaseOf(version)).toBe(release);
    expect(Number(version.split(".")[1])).toBeGreaterThan(Number(SUPPORTED_VERSIONS.newest.split(".")[1]));
  }
});
