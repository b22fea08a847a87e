import type { Server } from "@grpc/grpc-js";
import type { Sdk } from "../sdk";

export interface EngineServer {
  /** `127.0.0.1:port`. */
  readonly address: string;
  close(): void;
}

const LIMITS = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};

/** Serves on a free port of the loopback interface. */
export async function serve(sdk: Sdk, addServices: (server: Server) => void): Promise<EngineServer> {
  const server = new sdk.grpc.Server(LIMITS);
  addServices(server);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", sdk.grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}
