import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { inNamespace, type Service, supervised } from "./process";

/** How one connection ended; `answered` carries who answered and the source address it saw. */
export interface Connection {
  readonly end: string;
  readonly by?: string;
  readonly source?: string;
}

interface DialSpec {
  readonly to: string;
  readonly from?: string;
  readonly count: number;
  readonly inTurn?: boolean;
  readonly timeoutSeconds: number;
}

interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutSeconds: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

interface Answer {
  readonly id: number;
  readonly error?: string;
  readonly dial?: readonly Connection[];
  readonly http?: HttpResponse;
}

/** The harness's hands in one namespace (`go/probe`): nothing of the lab is dialled from anywhere else. */
export interface Probe extends Service {
  listen(port: number, name: string): Promise<void>;
  dial(spec: DialSpec): Promise<readonly Connection[]>;
  /** Throws if there is no answer. */
  http(request: HttpRequest): Promise<HttpResponse>;
}

export function startProbe(binary: string, namespace: string): Probe {
  const child = spawn("ip", inNamespace(namespace, binary, []), { stdio: ["pipe", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (data: Buffer) => (errors += data.toString()));
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const answer: Answer = JSON.parse(line);
    waiting.get(answer.id)?.resolve(answer);
    waiting.delete(answer.id);
  });
  child.stdin.on("error", () => undefined);
  child.on("close", () => {
    for (const { reject } of waiting.values()) reject(new Error(`probe in ${namespace} ended: ${errors}`));
    waiting.clear();
  });
  let last = 0;
  const ask = async (question: object): Promise<Answer> => {
    const id = ++last;
    const answer = await new Promise<Answer>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      child.stdin.write(`${JSON.stringify({ id, ...question })}\n`);
    });
    if (answer.error !== undefined) throw new Error(`probe in ${namespace}: ${answer.error}`);
    return answer;
  };
  return {
    ...supervised(`probe in ${namespace}`, child, () => errors),
    async listen(port, name) {
      await ask({ listen: { port, name } });
    },
    async dial(spec) {
      return (await ask({ dial: spec })).dial ?? [];
    },
    async http(request) {
      const { http } = await ask({ http: request });
      if (!http) throw new Error(`probe in ${namespace}: no response`);
      return http;
    },
  };
}
