import type { Probe, HttpResponse } from "./probe";

/** A plain Kubernetes object. */
export type Manifest = Readonly<Record<string, unknown>>;

/** The API server, asked through the probe of its namespace. Refusals throw with the server's words. */
export interface Api {
  ready(): Promise<boolean>;
  /** `create("/api/v1/namespaces/default/services", service)` */
  create(path: string, object: Manifest): Promise<Manifest>;
  /** JSON merge patch. */
  patch(path: string, change: Manifest): Promise<Manifest>;
  get(path: string): Promise<Manifest>;
  remove(path: string): Promise<void>;
}

export function api(probe: Probe, server: string, token: string): Api {
  const send = (method: string, path: string, body?: Manifest, type = "application/json") =>
    probe.http({
      method,
      url: server + path,
      headers: { Authorization: `Bearer ${token}`, "Content-Type": type },
      body: body ? JSON.stringify(body) : "",
      timeoutSeconds: 30,
    });
  const accepted = async (what: string, sent: Promise<HttpResponse>): Promise<Manifest> => {
    const { status, body } = await sent;
    if (status >= 300) throw new Error(`${what}: ${status}: ${body}`);
    return JSON.parse(body);
  };
  return {
    async ready() {
      try {
        return (await send("GET", "/readyz")).status === 200;
      } catch {
        return false;
      }
    },
    create: (path, object) => accepted(`create ${path}`, send("POST", path, object)),
    patch: (path, change) =>
      accepted(`patch ${path}`, send("PATCH", path, change, "application/merge-patch+json")),
    get: (path) => accepted(`get ${path}`, send("GET", path)),
    async remove(path) {
      await accepted(`delete ${path}`, send("DELETE", path));
    },
  };
}
