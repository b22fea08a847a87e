/** Why a file of the program cannot be read, in a few words. */
export function whyUnreadable(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return String(error);
  return error.code === "ENOENT"
    ? `no such file in ${process.cwd()}`
    : `cannot be read (${String(error.code)})`;
}
