import { coverageMarkdown } from '../../conformance/self-test/coverage.ts';

process.stdout.write(coverageMarkdown());
