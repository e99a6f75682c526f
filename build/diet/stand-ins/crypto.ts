/** The two the signer calls. The SDK copies every property of what it imports, and `crypto` has more than a hundred. */
export { createHash, createHmac } from 'node:crypto';
