import { enforcedRanges, type IpFamily } from "@evenkeel/core/routing";

export type { IpFamily };
export const FAMILIES: readonly IpFamily[] = ["IPv4", "IPv6"];

/** The first `bits` of 16 bytes; IPv4 as IPv4-mapped IPv6, so that both families have one form. */
interface Block {
  readonly network: readonly number[];
  readonly bits: number;
}

/** Family of a range or address; undefined for text that is neither. */
export function familyOf(text: string): IpFamily | undefined {
  return FAMILIES.find((family) => blocksOf([text], family).length > 0);
}

/** Whether the ranges together let in every address of a block (`203.0.113.0/24`) or an address, as kube-proxy reads them. */
export function admits(ranges: readonly string[], block: string): boolean {
  return FAMILIES.some((family) => {
    const [wanted] = blocksOf([block], family);
    return wanted !== undefined && covers(blocksOf(ranges, family), wanted);
  });
}

function blocksOf(texts: readonly string[], family: IpFamily): readonly Block[] {
  const ranges = texts.map((text) =>
    text.includes("/") ? text : `${text.trim()}/${text.includes(":") ? 128 : 32}`,
  );
  return enforcedRanges(ranges, family).map(({ network, bits, of }) => ({ network, bits: bits + 128 - of }));
}

/** Several ranges may hold a block between them: where none holds it whole, each half is asked by itself. */
function covers(ranges: readonly Block[], wanted: Block): boolean {
  if (ranges.some((range) => holds(range, wanted))) return true;
  const within = ranges.filter((range) => holds(wanted, range));
  return within.length > 0 && halves(wanted).every((half) => covers(within, half));
}

function holds(outer: Block, inner: Block): boolean {
  return (
    outer.bits <= inner.bits &&
    outer.network.every((byte, i) => {
      const mask = 0xff & (0xff << Math.min(8, Math.max(0, 8 * (i + 1) - outer.bits)));
      return (byte & mask) === ((inner.network[i] ?? 0) & mask);
    })
  );
}

function halves({ network, bits }: Block): readonly Block[] {
  const upper = network.map((byte, i) => (i === bits >> 3 ? byte | (0x80 >> (bits & 7)) : byte));
  return [network, upper].map((half) => ({ network: half, bits: bits + 1 }));
}
