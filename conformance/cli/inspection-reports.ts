import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { Inspection } from '../observe/inspect.ts';
import { inspectionJson, inspectionText } from '../observe/inspect-report.ts';
import { githubAnnotations } from '../report/github.ts';
import { htmlOfInspection, resultOfInspection } from '../report/inspection.ts';
import { junitReport } from '../report/junit.ts';
import { type FileFormat, reportFiles } from '../report/reports.ts';
import { sarifReport } from '../report/sarif.ts';
import { ensureFolder, UsageError } from '../usage-error.ts';

/** The formats of a report about traffic that others sent. */
const formats = ['console', 'json', 'html', 'junit', 'sarif', 'github'] as const;
type Format = (typeof formats)[number];

export interface InspectionReportFlags {
  readonly report?: readonly Format[];
  readonly reportDir?: string;
}

function parseFormats(text: string, chosen: readonly Format[] = []): readonly Format[] {
  const names = text
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const isFormat = (name: string): name is Format => (formats as readonly string[]).includes(name);
  if (!names.every(isFormat)) throw new UsageError(`--report: expected one or more of ${formats.join(', ')}`);
  return [...chosen, ...names];
}

export const addInspectionReportFlags = (command: Command): Command =>
  command
    .addOption(new Option('--report <formats>', `one or more of ${formats.join(', ')}`).argParser(parseFormats))
    .option('--report-dir <folder>', 'write the reports to this folder: all of them, or those of --report');

const renderers: Readonly<Record<Exclude<Format, 'console' | 'github'>, (inspection: Inspection) => string>> = {
  json: inspectionJson,
  html: htmlOfInspection,
  junit: (inspection) => junitReport(resultOfInspection(inspection)),
  sarif: (inspection) => sarifReport(resultOfInspection(inspection)),
};

const isFile = (format: Format): format is keyof typeof renderers => format in renderers;

/** Refuses flags that contradict each other, before anything is judged. Throws a UsageError. */
export function checkReportFlags({ report, reportDir }: InspectionReportFlags): void {
  const files = (report ?? []).filter(isFile).filter((format) => format !== 'json');
  if (reportDir !== undefined) ensureFolder(reportDir);
  else if (files.length > 0) throw new UsageError(`the reports ${files.join(', ')} are files: give --report-dir, too`);
}

/** Writes the reports that the flags ask for. Without a folder, `json` goes to standard output. */
export async function writeInspection(inspection: Inspection, flags: InspectionReportFlags): Promise<void> {
  const { reportDir } = flags;
  const chosen: readonly Format[] = flags.report ?? (reportDir === undefined ? ['console'] : formats.slice(0, 5));
  if (chosen.includes('console')) process.stdout.write(inspectionText(inspection));
  if (chosen.includes('github')) process.stdout.write(githubAnnotations(resultOfInspection(inspection)));
  for (const format of chosen.filter(isFile)) {
    const text = renderers[format](inspection);
    if (reportDir === undefined) process.stdout.write(text);
    else await writeFile(join(reportDir, reportFiles[format satisfies FileFormat]), text);
  }
}
