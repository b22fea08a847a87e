import { writeFile } from "node:fs/promises";
import { Failure, reasonOf } from "./failure";

/**
 * Writes a file that an option named.
 * @throws Failure with path and reason where that is not possible
 */
export async function writeOutput(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new Failure(`${file}: cannot be written: ${reasonOf(error)}`);
  }
}
