import type { Exchange } from '../run/exchange.ts';
import type { CheckRecord } from '../run/outcome.ts';
import { bytesOf, headerOptions, methodOptions, needsFile, quote, runIdOf } from './curl.ts';
import { faultText, printable } from './wording.ts';

const functions = `set -eu
cd "$(dirname "$0")"
: "\${GROUPS_API_KEY:?is not set: the key of the organization}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: > "$work/replacements"

# replaced: the text with the ids and references of this repetition.
replaced() { LC_ALL=C sed -f "$work/replacements"; }

# send URL [options of curl]: sends a request and prints the answer.
send() {
  url=$(printf '%s' "$1" | replaced)
  shift
  printf '\\n%s\\n' "$url"
  curl -sS --path-as-is -o "$work/answer" -w 'status %{http_code}\\n' "$url" "$@"
  if [ -s "$work/answer" ]; then cat "$work/answer"; echo; fi
}

# poll URL [options of curl]: as send, until the sync is completed.
poll() {
  for attempt in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    send "$@"
    if grep -q '"completed_at" *: *"' "$work/answer"; then return; fi
    sleep 1
  done
}

# learn ID FIELD: replaces an id of the recorded run by the one that was just answered.
learn() {
  new=$(sed -n 's/.*"'"$2"'" *: *"\\([^"]*\\)".*/\\1/p' "$work/answer" | head -n 1)
  if [ -n "$new" ]; then printf 's|%s|%s|g\\n' "$1" "$new" >> "$work/replacements"; fi
}
`;

/** A shell script that repeats the steps of a check, and the bodies that are too long for it, by the names of their files. */
export function storyScript(
  name: string,
  check: CheckRecord,
  story: readonly Exchange[],
): ReadonlyMap<string, string | Buffer> {
  const files = new Map<string, string | Buffer>();
  const run = story.map(({ request }) => runIdOf(request.body ?? '')).find((id) => id !== undefined);
  const steps = withoutRepeatedPolls(story).map((exchange, index, all) => {
    const file = `${name}-step-${index + 1}.body`;
    const isFile = needsFile(exchange.request);
    if (isFile) files.set(file, bytesOf(exchange.request));
    return [
      `# Step ${index + 1}: ${exchange.request.method}, answered ${exchange.response?.status ?? 'not at all'} in the recorded run`,
      ...requestLines(exchange, isFile ? file : undefined),
      ...learnLines(exchange, all.slice(index + 1)),
    ].join('\n');
  });
  const head = [
    '#!/bin/sh',
    `# Repeats what failed ${check.rule}: ${printable(check.title)}`,
    `# ${printable(faultText(check))}`,
  ];
  const fresh = run === undefined ? [] : [`printf 's|%s|%s|g\\n' ${run} "$(date +%s)" >> "$work/replacements"`];
  files.set(`${name}.sh`, [...head, functions, ...fresh, ...steps, ''].join('\n'));
  return files;
}

/** Drops all but the last of consecutive polls of a sync. */
const withoutRepeatedPolls = (story: readonly Exchange[]): Exchange[] =>
  story.filter(({ operation, request }, index) => {
    const next = story[index + 1];
    return operation !== 'retrieveMemberSync' || next?.operation !== operation || next.request.url !== request.url;
  });

function requestLines({ operation, request, response }: Exchange, file: string | undefined): string[] {
  const isPoll = operation === 'retrieveMemberSync' && /"completed_at"\s*:\s*"/.test(response?.body ?? '');
  const line = [
    isPoll ? 'poll' : 'send',
    quote(request.url),
    ...methodOptions(request),
    ...headerOptions(request),
    ...(request.body === null ? [] : ['--data-binary @"$work/body"']),
  ].join(' ');
  if (request.body === null) return [line];
  if (file !== undefined) return [`replaced < ${file} > "$work/body"`, line];
  return [`printf '%s' ${quote(request.body)} | replaced > "$work/body"`, line];
}

/** Extracts ids from an answer that later steps send. */
function learnLines({ response }: Exchange, later: readonly Exchange[]): string[] {
  return ['id', 'request_id'].flatMap((field) => {
    const id = new RegExp(`"${field}"\\s*:\\s*"([^"\\\\]{6,})"`).exec(response?.body ?? '')?.[1];
    if (id === undefined) return [];
    const isSent = later.some(({ request }) => request.url.includes(id) || request.body?.includes(id));
    return isSent ? [`learn ${quote(id.replaceAll(/[.*[\]^$|\\]/g, '\\$&'))} ${field}`] : [];
  });
}
