import {
  DATAPLANES,
  findRelease,
  minorVersion,
  SUPPORTED_VERSIONS,
  supportedRange,
} from "@evenkeel/core/model";
import { InvalidArgumentError, Option, type Command } from "commander";
import { nearest } from "@evenkeel/rules";

/** Options that say what to read and what to assume; shared by every command that takes manifests. */
export interface ReadingOptions {
  readonly cluster?: string;
  readonly with?: readonly string[];
  readonly kubernetesVersion?: string;
  readonly dataplane?: string;
}

export interface FormatOption {
  readonly format: string;
}

export interface TrialOptions {
  readonly trials: number;
  readonly seed: number;
}

export function readingOptions(command: Command): Command {
  return command
    .option("--cluster <file>", "the cluster's shape: nodes as kubectl prints them, or the short form")
    .option(
      "--with <file...>",
      "more objects to join with: manifests or a Pulumi state; they are not checked themselves",
    )
    .addOption(
      new Option(
        "--kubernetes-version <version>",
        `Kubernetes version to answer for: ${supportedRange()}`,
      ).argParser(version),
    )
    .addOption(oneOf("--dataplane <name>", "what implements Services on the nodes", DATAPLANES));
}

/** How findings, estimates and decisions are printed, unless a command knows more formats. */
export function formatOption(formats: readonly string[] = ["text", "json"]): Option {
  return oneOf("--format <format>", "how to print", formats).default("text");
}

export function trialOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--trials <n>", "placements to try").argParser(integer("trials", 1, 100_000)).default(200),
    )
    .addOption(
      new Option("--seed <n>", "seed of the placements; the same seed gives the same answer")
        .argParser(integer("seed", 0, 2 ** 31))
        .default(1),
    );
}

/** An option with a closed set of values: a misspelled one is answered with the nearest. */
export function oneOf(flags: string, description: string, allowed: readonly string[]): Option {
  return new Option(flags, `${description}: ${allowed.join(", ")}`).argParser((value: string) => {
    if (allowed.includes(value)) return value;
    throw new InvalidArgumentError(`wanted ${allowed.join(", ")}${nearest(value, allowed)}`);
  });
}

/** `--ready-seconds <s>`: a time of zero or more. */
export function secondsOf(flag: string, description: string): Option {
  return new Option(`--${flag} <s>`, `seconds ${description}`).argParser((value: string) => {
    if (/^\d+(\.\d+)?$/.test(value)) return Number(value);
    throw new InvalidArgumentError(`${flag} are seconds, such as 10 or 2.5`);
  });
}

function version(value: string): string {
  if (findRelease(value)) return value.replace(/^v/, "");
  const { newest } = SUPPORTED_VERSIONS;
  throw new InvalidArgumentError(
    minorVersion(value)
      ? `wanted a supported version: ${supportedRange()}`
      : `wanted a version such as ${newest} or ${newest}.3; supported: ${supportedRange()}`,
  );
}

export function fraction(value: string): number {
  const number = value.trim() === "" ? NaN : Number(value);
  if (number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError("wanted a fraction from 0 to 1");
}

export function integer(name: string, least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`${name} is a whole number from ${least} to ${most}`);
  };
}
