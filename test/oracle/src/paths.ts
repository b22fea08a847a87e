import { join } from "node:path";

/** `test/oracle`, from its sources and from its build alike. */
export const ORACLE_ROOT = join(__dirname, "..");
export const ORACLE_BINARY = join(ORACLE_ROOT, ".cache", "oracle");
export const FROZEN = join(ORACLE_ROOT, "frozen");
