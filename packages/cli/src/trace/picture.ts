import type { Journey, Step } from "@evenkeel/core/routing";
import { pod, tellJourney } from "./tell";
import type { Scene } from "./scene";

const BOX = { width: 190, gap: 40, top: 250, pod: 26 } as const;
const MARGIN = 30;
const LINE = 18;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Something that arrows touch at its upper or lower edge. */
interface Spot extends Point {
  readonly half: number;
}

/** The journey as a picture for documentation: client, load balancer, nodes with their pods, and the steps as numbered arrows. */
export function drawJourney(journey: Journey, scene: Scene, title: string): string {
  const nodes = shownNodes(journey, scene);
  const width = Math.max(640, MARGIN * 2 + nodes.length * BOX.width + (nodes.length - 1) * BOX.gap);
  const column = (index: number): number => MARGIN + index * (BOX.width + BOX.gap);
  const podsOn = (node: string): readonly string[] =>
    scene.endpoints.filter(({ nodeName }) => nodeName === node).map(pod);
  const tallest = Math.max(1, ...nodes.map((node) => podsOn(node).length));
  const boxHeight = 70 + tallest * (BOX.pod + 8);
  const client: Spot = { x: width / 2, y: 60, half: 15 };
  const balancer: Spot = { x: width / 2, y: 150, half: 17 };
  const place = (name: string): Spot => ({
    x: column(Math.max(0, nodes.indexOf(name))) + BOX.width / 2,
    y: BOX.top + 18,
    half: 18,
  });
  const podPlace = (node: string, name: string): Spot => ({
    x: column(Math.max(0, nodes.indexOf(node))) + BOX.width / 2,
    y: BOX.top + 60 + Math.max(0, podsOn(node).indexOf(name)) * (BOX.pod + 8),
    half: BOX.pod / 2,
  });
  const sentences = tellJourney(journey);
  const text = sentences.flatMap((sentence, index) =>
    wrap(`${index + 1}. ${sentence}`, Math.floor((width - 2 * MARGIN) / 6.6)),
  );
  const textTop = BOX.top + boxHeight + 40;
  const height = textTop + text.length * LINE + MARGIN;
  const viaBalancer = journey.steps.some(({ kind }) => kind === "chooses" || kind === "noTarget");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13" role="img">`,
    `<title>${escape(title)}</title>`,
    `<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#2563eb"/></marker></defs>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    label({ x: width / 2, y: 24 }, title, "bold"),
    box(client, 160, 30, "client", "#f1f5f9"),
    ...(viaBalancer ? [box(balancer, 240, 34, "load balancer", "#fef3c7")] : []),
    ...nodes.flatMap((node, index) => [
      `<rect x="${column(index)}" y="${BOX.top}" width="${BOX.width}" height="${boxHeight}" rx="8" fill="#f8fafc" stroke="${entered(journey, node) ? "#16a34a" : "#94a3b8"}" stroke-width="2"/>`,
      label({ x: column(index) + BOX.width / 2, y: BOX.top + 24 }, node, "bold"),
      ...podsOn(node).map((name) =>
        box(
          podPlace(node, name),
          BOX.width - 30,
          BOX.pod,
          name.split(" on ")[0] ?? name,
          receives(journey, name) ? "#dcfce7" : "#e2e8f0",
        ),
      ),
    ]),
    ...arrows(journey.steps, { client, balancer, place, podPlace }),
    ...text.map(
      (line, index) =>
        `<text x="${MARGIN}" y="${textTop + index * LINE}" fill="#0f172a">${escape(line)}</text>`,
    ),
    "</svg>",
    "",
  ].join("\n");
}

/** At most five nodes: those of the journey first, then their neighbours. */
function shownNodes({ steps }: Journey, { nodes, endpoints }: Scene): readonly string[] {
  const visited = steps.flatMap((step) =>
    "node" in step ? [step.node] : step.kind === "crosses" ? [step.from, step.to] : [],
  );
  const withPods = endpoints.flatMap(({ nodeName }) => nodeName ?? []);
  const wanted = new Set([...visited, ...withPods, ...nodes.map(({ name }) => name)].slice(0, 200));
  const shown = new Set([...wanted].slice(0, 5));
  return nodes.map(({ name }) => name).filter((name) => shown.has(name));
}

interface Places {
  readonly client: Spot;
  readonly balancer: Spot;
  place(node: string): Spot;
  podPlace(node: string, pod: string): Spot;
}

/** One arrow for each step that moves the packet, numbered as the sentences are. */
function arrows(steps: readonly Step[], { client, balancer, place, podPlace }: Places): readonly string[] {
  let at: Spot = client;
  return steps.flatMap((step, index): readonly string[] => {
    const to = (next: Spot): readonly string[] => {
      const from = at;
      at = next;
      return [arrow(from, next, index + 1)];
    };
    switch (step.kind) {
      case "opens":
        if (step.source.kind !== "external") at = place(step.source.node);
        return step.destination.kind === "loadBalancer" && step.source.kind === "external"
          ? to(balancer)
          : [];
      case "chooses":
      case "enters":
        return same(at, place(step.node)) ? [] : to(place(step.node));
      case "crosses":
        return to(place(step.to));
      case "arrives":
        return step.endpoint.nodeName ? to(podPlace(step.endpoint.nodeName, pod(step.endpoint))) : [];
      case "returns":
        return step.to.kind === "external" ? to(step.by === "balancer" ? balancer : client) : [];
      default:
        return [];
    }
  });
}

function same(a: Point, b: Point): boolean {
  return a.x === b.x && a.y === b.y;
}

/** From edge to edge: the way there left of the middle, the way back right of it. */
function arrow(from: Spot, to: Spot, number: number): string {
  const down = to.y > from.y || (to.y === from.y && to.x > from.x);
  const side = down ? -34 : 34;
  const level = from.y === to.y;
  const start = {
    x: from.x + side,
    y: level ? from.y - from.half : from.y + (down ? from.half : -from.half),
  };
  const end = { x: to.x + side, y: level ? to.y - to.half : to.y + (down ? -to.half : to.half) };
  const middle = {
    x: (start.x + end.x) / 2 + (level ? 0 : side / 2),
    y: (start.y + end.y) / 2 - (level ? 40 : 0),
  };
  const badge = { x: (start.x + 2 * middle.x + end.x) / 4, y: (start.y + 2 * middle.y + end.y) / 4 };
  return [
    `<path d="M${start.x} ${start.y}Q${middle.x} ${middle.y} ${end.x} ${end.y}" fill="none" stroke="#2563eb" stroke-width="2" marker-end="url(#head)"/>`,
    `<circle cx="${badge.x}" cy="${badge.y}" r="9" fill="#2563eb"/>`,
    `<text x="${badge.x}" y="${badge.y + 4}" text-anchor="middle" fill="#ffffff" font-size="11">${number}</text>`,
  ].join("");
}

function box(center: Point, width: number, height: number, text: string, fill: string): string {
  return `<rect x="${center.x - width / 2}" y="${center.y - height / 2}" width="${width}" height="${height}" rx="6" fill="${fill}" stroke="#64748b"/>${label({ x: center.x, y: center.y + 4 }, text)}`;
}

function label({ x, y }: Point, text: string, weight = "normal"): string {
  return `<text x="${x}" y="${y}" text-anchor="middle" font-weight="${weight}" fill="#0f172a">${escape(text)}</text>`;
}

function entered({ steps }: Journey, node: string): boolean {
  return steps.some((step) => (step.kind === "enters" || step.kind === "chooses") && step.node === node);
}

function receives({ steps }: Journey, name: string): boolean {
  return steps.some((step) => step.kind === "arrives" && pod(step.endpoint) === name);
}

function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + word.length + 1 > columns) {
      lines.push(line);
      line = `   ${word}`;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function escape(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
