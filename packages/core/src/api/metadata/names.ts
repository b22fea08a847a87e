import { exceeds, toLower } from "../answer/go-text";
import type { ApiTraits } from "../../releases";

/** Name formats of the API with the server's sentences (apimachinery util/validation and api/validate/content). */

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

const isLabel = new RegExp(`^${LABEL}$`);
const isLabel1035 = new RegExp(`^${LABEL_1035}$`);
const isSubdomain = new RegExp(`^${SUBDOMAIN}$`);
const isQualified = new RegExp(`^${QUALIFIED}$`);

const atMost = (length: number, unit = "characters") => `must be no more than ${length} ${unit}`;
export const mustMatch = (what: string, pattern: string, ...examples: readonly string[]) =>
  `${what} (e.g. ${examples.map((example) => `'${example}', `).join(" or ")}regex used for validation is '${pattern}')`;

/** Every sentence that says what is wrong with a name; none if it is right. */
type Wrong = readonly string[];

export function wrongWithLabel(name: string): Wrong {
  const wrong = exceeds([name], 63) ? [atMost(63)] : [];
  if (isLabel.test(name)) return wrong;
  if (isSubdomain.test(name)) return [...wrong, "must not contain dots"];
  const what =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
  return [...wrong, mustMatch(what, LABEL, "my-name", "123-abc")];
}

/** Names of Services before they were relaxed. */
export function wrongWithLabel1035(name: string): Wrong {
  const wrong = exceeds([name], 63) ? [atMost(63)] : [];
  if (isLabel1035.test(name)) return wrong;
  const what =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
  return [...wrong, mustMatch(what, LABEL_1035, "my-name", "abc-123")];
}

export function wrongWithSubdomain(name: string, unit: () => string = () => "characters"): Wrong {
  const wrong = exceeds([name], 253) ? [atMost(253, unit())] : [];
  if (isSubdomain.test(name)) return wrong;
  const what =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
  return [...wrong, mustMatch(what, SUBDOMAIN, "example.com")];
}

const QUALIFIED_MUST =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const QUALIFIED_WANTED = mustMatch(QUALIFIED_MUST, QUALIFIED, "MyName", "my.name", "123-abc");

/** Label keys, annotation keys, finalizers, load-balancer classes, application protocols. */
export function wrongWithQualifiedName(value: string, release: ApiTraits): Wrong {
  const parts = value.split("/");
  if (parts.length > 2) {
    return [
      `a ${release.labels.key} ${QUALIFIED_WANTED} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = parts[parts.length - 1] ?? "";
  const wrong: string[] = [];
  const [prefix] = parts;
  if (parts.length === 2 && prefix === "") wrong.push("prefix part must be non-empty");
  else if (parts.length === 2)
    wrong.push(
      ...wrongWithSubdomain(prefix ?? "", () => release.labels.unit).map((text) => `prefix part ${text}`),
    );
  if (name === "") wrong.push("name part must be non-empty");
  else if (exceeds([name], 63)) wrong.push(`name part ${atMost(63, release.labels.unit)}`);
  if (!isQualified.test(name)) wrong.push(`name part ${QUALIFIED_WANTED}`);
  return wrong;
}

/** The case of an annotation key does not matter. */
export function wrongWithAnnotationKey(key: string, release: ApiTraits): Wrong {
  return wrongWithQualifiedName(toLower(key), release);
}

export function wrongWithLabelValue(value: string, release: ApiTraits): Wrong {
  const wrong = exceeds([value], 63) ? [atMost(63, release.labels.unit)] : [];
  if (value === "" || isQualified.test(value)) return wrong;
  const what = `a valid label must be an empty string or ${QUALIFIED_MUST.slice("must ".length)}`;
  return [...wrong, mustMatch(what, `(${QUALIFIED})?`, "MyValue", "my_value", "12345")];
}

/** Name of a container port. */
export function wrongWithPortName(name: string): Wrong {
  const wrong = exceeds([name], 15) ? [atMost(15)] : [];
  if (!/^[-a-z0-9]+$/.test(name))
    wrong.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
  if (!/[a-z]/.test(name)) wrong.push("must contain at least one letter (a-z)");
  if (name.includes("--")) wrong.push("must not contain consecutive hyphens");
  if (/^-|-$/.test(name)) wrong.push("must not begin or end with a hyphen");
  return wrong;
}

export function wrongWithPortNumber(port: number): Wrong {
  return port >= 1 && port <= 65535 ? [] : ["must be between 1 and 65535, inclusive"];
}

/**
 * The server cuts the prefix and appends five letters or digits of its own (apiserver storage/names/generate.go); which ones does
 * not matter to what is wrong with the name, and `x` stands for them.
 */
export function generatedName(prefix = ""): string {
  return `${prefix.slice(0, 58)}xxxxx`;
}
