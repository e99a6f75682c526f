import { randomBytes } from 'node:crypto';

/** A request id as Huawei's gateways make them: 32 hex digits. */
export const newRequestId = (): string => randomBytes(16).toString('hex');
