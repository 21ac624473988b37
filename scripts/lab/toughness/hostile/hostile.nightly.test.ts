import { testHostile } from './cases.ts';

testHostile((cases) => cases);
