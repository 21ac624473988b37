import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConformanceResult } from '../index.ts';
import { consoleReport } from './console.ts';
import { githubAnnotations, githubSummary } from './github.ts';
import { harReport } from './har.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
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

/** Writes the reports that are files into a folder, which is made where it is missing. Returns their paths. */
export async function writeReports(
  result: ConformanceResult,
  formats: readonly ReportFormat[],
  folder: string,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files = fileFormats.filter((format) => formats.includes(format));
  return Promise.all(
    files.map(async (format) => {
      const path = join(folder, reportFiles[format]);
      await writeFile(path, render(result, format));
      return path;
    }),
  );
}

/** Adds the summary to the step that GitHub Actions runs; elsewhere there is none to add it to. */
export async function writeStepSummary(result: ConformanceResult): Promise<void> {
  const { GITHUB_STEP_SUMMARY: path } = process.env;
  if (path) await appendFile(path, githubSummary(result));
}
