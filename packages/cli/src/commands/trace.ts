import { balancerOf, whyUnknown } from "@evenkeel/core/balancers";
import { groupFronts, knownPorts, whyPodsUnknown } from "@evenkeel/core/estimate";
import { displayName, findingResource, type Exposure, type Statement } from "@evenkeel/core/model";
import { journey } from "@evenkeel/core/routing";
import type { Command } from "commander";
import { Failure } from "../failure";
import { load, refuseUnread } from "../input/load";
import { note, paintOf, print, type IO } from "../io";
import { writeOutput } from "../output";
import { readingOptions, type ReadingOptions } from "../options";
import { destinationOf, sourceOf } from "../trace/ends";
import { drawJourney } from "../trace/picture";
import { sceneOf } from "../trace/scene";
import { renderUnanswered } from "../render/unanswered";
import { tellJourney } from "../trace/tell";
import { exposed } from "./report";

interface TraceOptions extends ReadingOptions {
  readonly from: string;
  readonly to: string;
  readonly service?: string;
  readonly node?: string;
  readonly endpoint?: string;
  readonly svg?: string;
}

/** `trace`: the way of one connection, step by step. */
export function addTrace(program: Command, io: IO): void {
  readingOptions(program.command("trace"))
    .description(
      "Follow one connection step by step: which node the load balancer may choose, what kube-proxy does there, which address the pod sees, and the way back.",
    )
    .argument("<paths...>", "files, folders, or - for standard input")
    .option("--from <source>", "outside, pod@NODE, node@NODE or localhost@NODE", "outside")
    .option("--to <destination>", "load-balancer, cluster-ip or node-port@NODE", "load-balancer")
    .option("--service <namespace/name>", "which Service, if there are several")
    .option("--node <name>", "let the load balancer choose this node")
    .option("--endpoint <address>", "let kube-proxy choose this endpoint")
    .option("--svg <file>", "write the journey as a picture")
    .addHelpText(
      "after",
      "\nExamples:\n  evenkeel trace web.yaml\n  evenkeel trace web.yaml --cluster cluster.yaml --from pod@node-2 --to load-balancer\n  evenkeel trace web.yaml --svg docs/journey.svg",
    )
    .action(async (paths: readonly string[], options: TraceOptions) => {
      const loaded = await load(paths, options, io);
      const exposure = chosen(exposed(loaded), options.service);
      const unknown = whyUntraceable(exposure, options);
      if (unknown.length > 0) {
        print(
          io,
          renderUnanswered(
            {
              answered: false,
              service: findingResource(exposure.service.ref),
              side: options.to === "cluster-ip" ? "internal" : "external",
              ports: knownPorts(exposure.service),
              unknown,
            },
            paintOf(io),
          ),
        );
        return refuseUnread(loaded);
      }
      const scene = sceneOf(exposure);
      const source = sourceOf(options.from, scene);
      const destination = destinationOf(options.to, source, scene);
      const way = travel({ ...scene, source, destination }, scene, options);
      const paint = paintOf(io);
      const title = `${displayName(exposure.service.ref)}: ${options.from} to ${options.to}`;
      if (options.svg) {
        await writeOutput(options.svg, drawJourney(way, scene, title));
        note(io, `${options.svg} written`);
      }
      const assumptions = [...scene.assumptions, ...(way.assumption ? [way.assumption] : [])];
      print(
        io,
        [
          paint.bold(title),
          ...tellJourney(way).map((sentence, index) => `  ${index + 1}. ${sentence}`),
          ...assumptions.map((one) => paint.dim(`  assumed: ${one}`)),
        ].join("\n"),
      );
      refuseUnread(loaded);
    });
}

/** What is not known of the way: the pods, or the load balancer where the connection goes through it. */
function whyUntraceable(
  exposure: Exposure,
  { from, to }: Pick<TraceOptions, "from" | "to">,
): readonly Statement[] {
  const pods = whyPodsUnknown(exposure);
  const [front] = groupFronts(exposure).map((group) => group.front);
  // A client inside reaches an address that kube-proxy owns without the load balancer.
  const bypasses = from !== "outside" && exposure.service.ingress.some(({ ip }) => ip !== undefined);
  const unmodelled = to === "load-balancer" && !bypasses && front && !balancerOf(front);
  return [...(pods ? [pods] : []), ...(unmodelled ? [whyUnknown(front, exposure.service)] : [])];
}

function travel(
  flow: Parameters<typeof journey>[0],
  { balancer }: ReturnType<typeof sceneOf>,
  { node, endpoint }: TraceOptions,
): ReturnType<typeof journey> {
  try {
    return journey(flow, balancer, { ...(node ? { node } : {}), ...(endpoint ? { endpoint } : {}) });
  } catch (error) {
    if (error instanceof RangeError) throw new Failure(error.message.replace(/^choice\./, "--"));
    throw error;
  }
}

function chosen(exposures: readonly Exposure[], wanted: string | undefined): Exposure {
  const names = exposures.map(({ service: { ref } }) => `${ref.namespace ?? ""}/${ref.name}`);
  const index =
    wanted === undefined ? 0 : names.findIndex((name) => name === wanted || name.endsWith(`/${wanted}`));
  const found = exposures[index];
  if (found && (wanted !== undefined || exposures.length === 1)) return found;
  if (exposures.length === 0) throw new Failure("no exposed Service in this input");
  throw new Failure(
    `${wanted === undefined ? "several Services" : `no Service ${wanted}`}; say which with --service: ${names.slice(0, 10).join(", ")}`,
  );
}
