import type { Knowable } from "@evenkeel/core/model";
import { allStatements, isDisabled, lastOf, type Proxy } from "./proxies";
import type { Statement } from "./sections";
import { readAddress } from "./servers";
import { VARIABLE } from "./words";

/** One address of a `bind` line that clients come to. */
export interface Listener {
  readonly proxy: Proxy;
  readonly statement: Statement;
  readonly port: Knowable<number>;
}

/** The listeners from which connections come to a proxy's servers: its own, or those of the frontends that use it. */
export function listenersOf(proxy: Proxy, all: readonly Proxy[]): readonly Listener[] {
  const uses = all.filter(
    (one) => one !== proxy && one.kind !== "backend" && !isDisabled(one) && sendsTo(one, proxy),
  );
  return [...(proxy.kind === "listen" ? [proxy] : []), ...uses].flatMap(bindsOf);
}

/** By name, or by a name that is made of what a request says, which may be any. */
function sendsTo(proxy: Proxy, { name, kind }: Proxy): boolean {
  if (kind === "frontend") return false;
  const isNamed = (statement: Statement | undefined): boolean => statement?.words[1]?.text === name;
  return (
    isNamed(lastOf(proxy, "default_backend")) ||
    allStatements(proxy).some(
      (one) => one.keyword === "use_backend" && (isNamed(one) || /[%\0]/.test(one.words[1]?.text ?? "")),
    )
  );
}

/** `bind :80,192.0.2.1:8000-8010 accept-proxy`: the first port of each address. */
function bindsOf(proxy: Proxy): readonly Listener[] {
  return allStatements(proxy)
    .filter(({ keyword }) => keyword === "bind")
    .flatMap((statement) => {
      const word = statement.words[1];
      if (!word) return [];
      return word.text.split(",").flatMap((address): readonly Listener[] => {
        // A variable is somewhere in the list, not necessarily in this part.
        const variables = address.includes(VARIABLE) ? word.variables : [];
        const read = readAddress({ text: address.replace(/-\d+$/, ""), variables });
        return read && !(typeof read.port === "object" && "fromClients" in read.port)
          ? [{ proxy, statement, port: read.port }]
          : [];
      });
    });
}
