import type { Service } from './schema.ts';

/** All that a command needs. */
export interface Host {
  readonly service: Service;
  readonly serviceDir: string;
  readonly options: { readonly package?: string; readonly param?: readonly string[]; readonly 'dry-run'?: boolean };
  readonly env: NodeJS.ProcessEnv;
  readonly notice: (text: string) => void;
}

/** An error that the user can solve. osls shows its message without a stack. */
export class UserError extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.name = 'UserError';
    this.code = `HUAWEI_${code}`;
  }
}

/** Reports every problem of the configuration at once. */
export function refuse(problems: readonly string[]): void {
  if (problems.length > 0)
    throw new UserError(`Configuration error:\n     ${problems.join('\n     ')}`, 'INVALID_CONFIGURATION');
}
