import { figure, fixed, type Figure } from "../figure";
import type { CourseOf } from "./course";
import type { Disruption, Moment } from "./disruption";

type Figures = Pick<
  Disruption,
  | "hottest"
  | "peakLoad"
  | "nodesServing"
  | "pending"
  | "dropped"
  | "fullLossSeconds"
  | "droppingSeconds"
  | "settledSeconds"
  | "afterwards"
>;

/** The figures of the trials of one side. */
export function disruptionFigures(courses: readonly CourseOf[]): Figures {
  const last = courses.flatMap(({ moments }) => moments.at(-1) ?? []);
  return {
    ...some("hottest", courses),
    ...some("peakLoad", courses),
    nodesServing: all(courses, (one) => one.nodesServing, "low"),
    pending: all(courses, (one) => one.pending),
    dropped: all(courses, (one) => one.dropped),
    fullLossSeconds: all(courses, (one) => one.fullLossSeconds),
    droppingSeconds: all(courses, (one) => one.droppingSeconds),
    settledSeconds: all(courses, (one) => one.settledSeconds),
    afterwards: {
      ...some("hottest", last),
      nodesServing: all(last, (one) => one.nodesServing, "low"),
      pending: all(last, (one) => one.pending),
      dropped: all(last, (one) => one.dropped),
    },
  };
}

/** The course in the middle by what it loses, then by how long it takes: what a reader should picture. */
export function typicalCourse(courses: readonly CourseOf[]): readonly Moment[] {
  const order = [...courses].sort(
    (a, b) => a.fullLossSeconds - b.fullLossSeconds || a.settledSeconds - b.settledSeconds,
  );
  return order[Math.floor((order.length - 1) / 2)]?.moments ?? [];
}

function all<T>(ones: readonly T[], of: (one: T) => number, bad: "high" | "low" = "high"): Figure {
  return figure(ones.map(of), bad) ?? fixed(0);
}

/** A figure that a trial may lack; absent where all of them do. */
function some<Name extends "hottest" | "peakLoad">(
  name: Name,
  ones: readonly { readonly [name in Name]?: number }[],
): { readonly [name in Name]?: Figure } {
  const values = ones.flatMap((one) => one[name] ?? []);
  const found = figure(values, "high");
  return found ? ({ [name]: found } as { readonly [name in Name]?: Figure }) : {};
}
