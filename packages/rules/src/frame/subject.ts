import type {
  Exposure,
  Inventory,
  LoneService,
  LoneWorkload,
  ResourceKind,
  ResourceRecord,
  SourceText,
  Unjoined,
} from "@evenkeel/core/model";

/** What a rule can be asked about. A rule runs at the earliest stage that has its subject. */
export interface Subjects extends Readonly<Record<ResourceKind, ResourceRecord>> {
  readonly service: LoneService;
  readonly workload: LoneWorkload;
  readonly exposure: Exposure;
  /** Everything at once: for sets such as shared addresses, duplicate pinned ports and quotas. */
  readonly inventory: Inventory;
  readonly text: SourceText;
  readonly unjoined: Unjoined;
}

export type SubjectName = keyof Subjects;
