import type { Exposure, Knowable, Missing, ObjectRef, Place, Workload } from "@evenkeel/core/model";

/** One resource by itself, as its source has it; for rules about values that need nothing else. */
export interface ResourceRecord {
  readonly ref: ObjectRef;
  readonly properties: Readonly<Record<string, Knowable<unknown>>>;
}

/** One object as its file has it, for rules about the text itself. */
export interface SourceText {
  readonly ref: ObjectRef;
  /** Keys that stand twice in one map; the later one wins. */
  readonly duplicateKeys: readonly {
    readonly path: string;
    readonly key: string;
    readonly firstLine: number;
    readonly line: number;
  }[];
}

/** Something that stands in front of a Service which is not in sight. */
export interface Unjoined {
  readonly ref: ObjectRef;
  /** What to edit, where the source knows it better than the kind of the object does. */
  readonly at?: Place;
  readonly missing: Missing;
}

/** Everything of one source at once: for sets such as shared addresses, duplicate pinned ports and quotas. */
export interface Inventory {
  readonly exposures: readonly Exposure[];
  readonly resources: readonly ResourceRecord[];
}

/** A Service by itself and the versions of its cluster: no verdict on it changes with what is joined to it. */
export type LoneService = Pick<Exposure, "service" | "written" | "stored" | "cluster">;

/** A workload by itself and the versions of its cluster, whether or not a Service selects it. */
export interface LoneWorkload extends Pick<Exposure, "cluster"> {
  readonly workload: Workload;
}

/** What a rule can be asked about. A rule runs at the earliest stage that has its subject. */
export interface Subjects {
  readonly service: LoneService;
  readonly workload: LoneWorkload;
  readonly exposure: Exposure;
  readonly loadBalancer: ResourceRecord;
  readonly listener: ResourceRecord;
  readonly targetGroup: ResourceRecord;
  readonly targetGroupBinding: ResourceRecord;
  readonly addressPool: ResourceRecord;
  readonly inventory: Inventory;
  readonly text: SourceText;
  readonly unjoined: Unjoined;
}

export type SubjectName = keyof Subjects;
