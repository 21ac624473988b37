import { testHostile } from './cases.ts';

/** Areas whose cases are repeated for each operation, field or path. */
const repeated = /^(wrong types|malformed bodies|wrong Content-Type|20 MB|path tricks|queries|methods)$/;

// Every night all of them are sent.
testHostile((cases) => cases.filter(({ area }, index) => !repeated.test(area) || index % 10 === 0));
