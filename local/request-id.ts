import { randomBytes } from 'node:crypto';

/** Returns a request id like those of Huawei's gateways: 32 hex digits. */
export const newRequestId = (): string => randomBytes(16).toString('hex');
