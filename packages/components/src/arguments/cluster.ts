import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { clusterFromShape } from "@evenkeel/adapters";
import { load, YAMLException } from "js-yaml";
import type { ClusterArgs, ServiceArgs } from "../args";
import { refuseArguments } from "../decision/refusal";
import { isPlainObject } from "./now";
import type { Problem } from "./problem";
import { whyUnreadable } from "./unreadable";

/** What is wrong with the shape of a cluster, by the path in it. */
export function shapeProblems(shape: unknown, path: string): readonly Problem[] {
  return clusterFromShape(shape).problems.map((problem) => {
    const colon = problem.indexOf(": ");
    const place = problem.slice(0, colon);
    // What is wrong with the whole is told at "cluster".
    return { path: place === "cluster" ? path : `${path}.${place}`, says: problem.slice(colon + 2) };
  });
}

/**
 * The arguments with the file's shape in the place of its name, so that policies, in a process of their own, see it too. Throws a
 * `Refusal` if the file cannot be read.
 */
export function withClusterFile<T extends ServiceArgs>(label: string, args: T): T {
  const file = isPlainObject(args) ? args.clusterFile : undefined;
  if (typeof file !== "string" || args.cluster !== undefined) return args;
  const read = parse(file);
  refuseArguments(label, "shape" in read ? shapeProblems(read.shape, `clusterFile ${file}`) : [read]);
  // A shape without problems is one.
  return {
    ...args,
    clusterFile: undefined,
    cluster: "shape" in read ? (read.shape as ClusterArgs) : undefined,
  };
}

/** JSON is YAML. */
function parse(file: string): { readonly shape: unknown } | Problem {
  try {
    return { shape: load(readFileSync(resolve(file), "utf8")) };
  } catch (error) {
    return {
      path: "clusterFile",
      says: `${file}: ${unreadable(error)}; wanted the shape of a cluster in JSON or YAML`,
    };
  }
}

function unreadable(error: unknown): string {
  if (error instanceof YAMLException) return `${error.reason} (line ${error.mark.line + 1})`;
  return whyUnreadable(error);
}
