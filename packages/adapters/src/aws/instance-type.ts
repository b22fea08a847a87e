import { present } from "../reading/present";

/** What one node of an EC2 instance type offers to pods, as far as the type's name says it. */
export interface Offer {
  /** Millicores. */
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly pods: number;
  readonly arm: boolean;
}

/** GiB of memory for each CPU, by family: compute, general purpose, memory. */
const MEMORY_RATIO: Readonly<Record<string, number>> = Object.freeze({ c: 2, m: 4, r: 8 });

interface Size {
  readonly cpus: number;
  /** Addresses that the Amazon VPC CNI has for pods on a node of this size, without prefix delegation. */
  readonly pods: number;
}

/** Sizes of the families c, m and r (amazon-eks-ami `eni-max-pods.txt`, EC2 instance type pages). */
const SIZES: Readonly<Record<string, Size>> = Object.freeze({
  medium: { cpus: 1, pods: 8 },
  large: { cpus: 2, pods: 29 },
  xlarge: { cpus: 4, pods: 58 },
});

/** Burstable types have their own sizes: GiB of memory beside. */
const BURSTABLE: Readonly<Record<string, Size & { readonly memory: number }>> = Object.freeze({
  small: { cpus: 2, memory: 2, pods: 11 },
  medium: { cpus: 2, memory: 4, pods: 17 },
  large: { cpus: 2, memory: 8, pods: 35 },
  xlarge: { cpus: 4, memory: 16, pods: 58 },
  "2xlarge": { cpus: 8, memory: 32, pods: 58 },
});

/** `m5.large`, `c7gn.4xlarge`, `m7i-flex.xlarge`: family, generation, options, size. */
const TYPE = /^([cmrt])([1-9][0-9]?)([a-z]*)(?:-flex)?\.([a-z0-9]+)$/;

/** Undefined for families and sizes whose name does not say it (GPUs, metal, older generations). */
export function offerOf(instanceType: string): Offer | undefined {
  const [, family = "", generation = "", options = "", sizeName = ""] = TYPE.exec(instanceType) ?? [];
  const size = family === "t" ? burstable(generation, sizeName) : regular(family, generation, sizeName);
  return size && present({ ...offered(size), arm: options.includes("g") });
}

function burstable(generation: string, size: string): (Size & { readonly memory: number }) | undefined {
  return Number(generation) >= 3 && Object.hasOwn(BURSTABLE, size) ? BURSTABLE[size] : undefined;
}

function regular(
  family: string,
  generation: string,
  name: string,
): (Size & { readonly memory: number }) | undefined {
  const ratio = MEMORY_RATIO[family];
  const size = sizeOf(name);
  // Before the fifth generation the ratios are odd.
  if (ratio === undefined || size === undefined || Number(generation) < 5) return undefined;
  return { ...size, memory: size.cpus * ratio };
}

function sizeOf(name: string): Size | undefined {
  if (Object.hasOwn(SIZES, name)) return SIZES[name];
  const [, times] = /^([1-9][0-9]?)xlarge$/.exec(name) ?? [];
  if (times === undefined) return undefined;
  const cpus = 4 * Number(times);
  return { cpus, pods: cpus < 16 ? 58 : cpus < 64 ? 234 : 737 };
}

/** Part of the memory that the machine keeps; the value that Karpenter assumes (`vmMemoryOverheadPercent`). */
const MACHINE_SHARE = 0.075;
/** Free memory at which the kubelet evicts pods. */
const EVICTION_MIB = 100;

/**
 * What is left after the machine, the kubelet and the system: 6 % of the first core, 1 % of the second, 0.5 % of the next two and
 * 0.25 % of all others; 255 MiB and 11 MiB for each pod. amazon-eks-ami nodeadm `internal/kubelet/config.go`.
 */
function offered({ cpus, memory, pods }: Size & { readonly memory: number }): Omit<Offer, "arm"> {
  const reserved =
    [60, 10, 5, 5].slice(0, cpus).reduce((sum, part) => sum + part, 0) + Math.max(0, cpus - 4) * 2.5;
  const usable = memory * 1024 * (1 - MACHINE_SHARE);
  return {
    cpu: Math.floor(cpus * 1000 - reserved),
    memoryMiB: Math.floor(usable - 255 - 11 * pods - EVICTION_MIB),
    pods,
  };
}
