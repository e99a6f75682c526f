import { testWire } from '../helpers/wire-tests.ts';
import { NODES } from './service.ts';

for (const name of ['Node 20.15', 'Node 22', 'Node 24']) testWire(name, () => NODES[name] ?? name);
