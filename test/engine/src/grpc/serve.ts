import * as grpc from "@grpc/grpc-js";

export interface Served {
  readonly port: number;
  /** Drops open calls: the peer is a process that this suite ends anyway. */
  close(): void;
}

export interface Service {
  readonly definition: grpc.ServiceDefinition;
  readonly implementation: grpc.UntypedServiceImplementation;
}

// A stack of 200 Services does not fit gRPC's default of 4 MiB.
const UNLIMITED = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** Serves on a free loopback port. Methods that `implementation` lacks answer UNIMPLEMENTED, which the engine tolerates. */
export async function serve(services: readonly Service[]): Promise<Served> {
  const server = new grpc.Server(UNLIMITED);
  for (const { definition, implementation } of services) server.addService(definition, implementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, close: () => server.forceShutdown() };
}

/** A unary method as an async function of the request and the address of who asks; what it throws becomes the call's error, with the message alone. */
export function unary<Request, Response>(
  answer: (request: Request, peer: string) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => answer(call.request, call.getPeer()))
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback(asServiceError(error)),
      );
  };
}

function asServiceError(error: unknown): Partial<grpc.StatusObject> {
  if (error instanceof RpcError) return { code: error.code, details: error.message };
  return { code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) };
}

/** An error that keeps its gRPC status code on the wire. */
export class RpcError extends Error {
  constructor(
    readonly code: grpc.status,
    message: string,
  ) {
    super(message);
  }
}

export const clientOptions: Partial<grpc.ClientOptions> = UNLIMITED;
