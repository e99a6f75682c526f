/** The provider's schema of the resources that are used here, and what each key of it means. */
import schema from './schema.json' with { type: 'json' };

export interface Attribute {
  readonly type: unknown;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly force_new?: boolean;
  readonly deprecated?: boolean;
  readonly conflicts_with?: readonly string[];
  readonly required_with?: readonly string[];
  readonly exactly_one_of?: readonly string[];
  readonly values?: readonly unknown[];
  readonly doc_values?: readonly unknown[];
  readonly doc_values_open?: boolean;
  readonly sdk_values?: readonly unknown[];
  readonly doc_min?: number;
  readonly doc_max?: number;
  readonly doc_min_length?: number;
  readonly doc_max_length?: number;
  readonly doc_pattern?: string;
  readonly doc_flags?: readonly string[];
}

export interface NestedBlock extends Omit<Attribute, 'type'> {
  readonly nesting_mode: 'single' | 'list' | 'set';
  readonly min_items?: number;
  readonly max_items?: number;
  readonly block: BlockSchema;
}

export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, NestedBlock>>;
}

interface ResourceSchema {
  readonly non_updatable?: readonly string[];
  readonly block: BlockSchema;
}

export const RESOURCES = schema.resources as unknown as Readonly<Record<string, ResourceSchema>>;

/** What the newest version lacks that RFS lists. */
export const RFS = schema.baseline as {
  readonly missing_resources: readonly string[];
  readonly missing_paths: Readonly<Record<string, readonly string[]>>;
};
