import { testWire } from '../helpers/wire-tests.ts';

testWire('the Node of these tests', () => process.execPath);
