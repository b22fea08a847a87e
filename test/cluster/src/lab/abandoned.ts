/**
 * Whether a namespace or folder, named `<prefix>-<process id>-…`, belongs to a harness that was killed before it could clean up.
 */
export function isAbandoned(name: string, prefix: string): boolean {
  const owner = name.startsWith(`${prefix}-`)
    ? /^\d+(?=-)/.exec(name.slice(prefix.length + 1))?.[0]
    : undefined;
  return owner !== undefined && !isAlive(Number(owner));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
