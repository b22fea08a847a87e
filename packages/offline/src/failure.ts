import { TimedOut } from "./errors";

/** The first thing that went wrong, whoever reports it; what comes later is its consequence. */
export class Failure {
  readonly #promise: Promise<never>;
  #reject: (error: unknown) => void = () => undefined;

  constructor(private readonly signal: AbortSignal | undefined) {
    this.#promise = new Promise((_resolve, reject) => {
      this.#reject = reject;
    });
    // Nobody may be waiting yet, or any more.
    this.#promise.catch(() => undefined);
    if (signal?.aborted) this.#abort();
    signal?.addEventListener("abort", this.#abort);
  }

  readonly report = (error: unknown): void => this.#reject(error);

  /** The result of some work, unless something goes wrong before. */
  orElse<T>(work: Promise<T>): Promise<T> {
    return Promise.race([this.#promise, work]);
  }

  forget(): void {
    this.signal?.removeEventListener("abort", this.#abort);
  }

  readonly #abort = (): void => this.report(new TimedOut("the preview was aborted"));
}
