import type { Workload } from "../../model";
import type { ControllerInput } from "../controller";
import { runs } from "./claim";
import type { CloudSettings, NodePortCloud } from "./cloud";

/**
 * What the controller is configured with, as far as it was found: its file, then its environment, then what the caller says; `version` is
 * that of its image. Undefined where nothing was found.
 */
export function configurationOf(cloud: NodePortCloud, input: ControllerInput): CloudSettings | undefined {
  const { name, environment = [], configFile } = cloud.controller;
  const files = (input.configFiles ?? []).filter((file) => file.name === configFile?.name);
  const fromFiles = files.map(({ text }) =>
    configFile ? chosen(sectionOf(text, configFile.section), configFile.settings) : {},
  );
  const own = input.workloads.filter((workload) => runs(cloud, workload));
  const variables = own.map((workload) => ({
    ...chosen(workload.environment ?? {}, environment),
    ...versionOf(cloud, workload),
  }));
  const given = input.settings.clouds?.[name];
  const found = [...fromFiles, ...variables, ...(given ? [given] : [])];
  return found.length > 0 ? (Object.assign({}, ...found) as CloudSettings) : undefined;
}

/** The version that the controller's image has as its tag. */
function versionOf({ controller }: NodePortCloud, { template }: Workload): CloudSettings {
  for (const { image = "" } of template.spec.containers) {
    const version = controller.image.test(image) ? /:v?(\d+\.\d+\.\d+)/.exec(image)?.[1] : undefined;
    if (version !== undefined) return { version };
  }
  return {};
}

function chosen(settings: CloudSettings, names: readonly string[]): CloudSettings {
  return Object.fromEntries(
    names.flatMap((name) => (name in settings ? [[name, settings[name] ?? ""]] : [])),
  );
}

/** One section of a file as gcfg reads it: `[Section]`, `name = value`, quotes around a value, `#` and `;` before a comment. */
export function sectionOf(text: string, section: string): CloudSettings {
  const settings: Record<string, string> = {};
  let isInside = false;
  for (const line of text.split("\n")) {
    const header = /^\s*\[\s*([\w-]+)[^\]]*\]/.exec(line);
    if (header) isInside = header[1]?.toLowerCase() === section.toLowerCase();
    const [, name, quoted, plain = "true"] =
      /^\s*([\w-]+)\s*(?:=\s*(?:"([^"]*)"|([^"#;]*)))?\s*(?:[#;].*)?$/.exec(line) ?? [];
    if (isInside && name !== undefined) settings[name.toLowerCase()] = (quoted ?? plain).trim();
  }
  return settings;
}
