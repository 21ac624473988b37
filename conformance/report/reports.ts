import { appendFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConformanceResult } from '../verdict/result.ts';
import { consoleReport } from './console.ts';
import { githubAnnotations, githubSummary } from './github.ts';
import { harReport } from './har.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { reproFile, reproFiles, reproFolder } from './repro.ts';
import { sarifReport } from './sarif.ts';

/** The reports that are files, and what the files are called. */
export const reportFiles = {
  json: 'report.json',
  html: 'report.html',
  junit: 'junit.xml',
  har: 'evidence.har',
  sarif: 'report.sarif',
} as const;

export type FileFormat = keyof typeof reportFiles;
export type ReportFormat = FileFormat | 'console' | 'github';

export const fileFormats = Object.keys(reportFiles) as readonly FileFormat[];
export const reportFormats: readonly ReportFormat[] = ['console', ...fileFormats, 'github'];

const renderers: Readonly<Record<ReportFormat, (result: ConformanceResult) => string>> = {
  console: (result) => `${consoleReport(result)}\n`,
  json: jsonReport,
  html: htmlReport,
  junit: junitReport,
  har: harReport,
  sarif: sarifReport,
  github: githubAnnotations,
};

/** A result as a report of one format. */
export const render = (result: ConformanceResult, format: ReportFormat): string => renderers[format](result);

/** Some reports could not be written; the message says which. The others are written nevertheless. */
export class UnwrittenReports extends Error {}

/**
 * Writes the reports into a folder, and the scripts that repeat failures into its subfolder `repro/`. Returns the
 * paths of the reports; throws UnwrittenReports.
 */
export async function writeReports(
  result: ConformanceResult,
  formats: readonly ReportFormat[],
  folder: string,
): Promise<string[]> {
  const files = fileFormats.filter((format) => formats.includes(format));
  const paths = files.map((format) => join(folder, reportFiles[format]));
  const failures: string[] = [];
  // One after the other, since reports can be large.
  for (const [index, format] of files.entries())
    await writeFile(paths[index] as string, render(result, format)).catch((error: Error) =>
      failures.push(error.message),
    );
  await writeRepro(result, join(folder, reproFolder)).catch((error: Error) => failures.push(error.message));
  if (failures.length > 0) throw new UnwrittenReports(failures.join('; '));
  return paths;
}

/** Replaces the files of an earlier run. */
async function writeRepro(result: ConformanceResult, folder: string): Promise<void> {
  const before = await readdir(folder).catch((): string[] => []);
  for (const name of before) if (reproFile.test(name)) await rm(join(folder, name));
  const files = reproFiles(result);
  if (files.size > 0) await mkdir(folder, { recursive: true });
  for (const [name, text] of files) await writeFile(join(folder, name), text);
}

/** Adds the summary to the step that GitHub Actions runs; does nothing elsewhere. Throws UnwrittenReports. */
export async function writeStepSummary(result: ConformanceResult): Promise<void> {
  const { GITHUB_STEP_SUMMARY: path } = process.env;
  if (!path) return;
  await appendFile(path, githubSummary(result)).catch((error: Error) => {
    throw new UnwrittenReports(`GITHUB_STEP_SUMMARY: ${error.message}`);
  });
}
