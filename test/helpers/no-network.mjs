// Loaded into the CLI by --import: a connection to anywhere but this machine fails, and says so.
import { Socket } from 'node:net';

const LOCAL = new Set(['127.0.0.1', '::1', 'localhost']);
const { value: connect } = Object.getOwnPropertyDescriptor(Socket.prototype, 'connect') ?? {};

Socket.prototype.connect = function (...args) {
  const [options] = args.flat();
  const host = typeof options === 'object' && options !== null && 'host' in options ? options.host : undefined;
  if (typeof host === 'string' && !LOCAL.has(host)) {
    console.error(`OUTSIDE CALL to ${host}`);
    process.exit(97);
  }
  return Reflect.apply(connect, this, args);
};
