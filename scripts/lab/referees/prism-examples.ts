import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../generate/contract.ts';

/** An answer of Prism's mock, and the example of the contract that it should be. */
export interface ExampleAnswer {
  readonly name: string;
  readonly status: number;
  readonly body: unknown;
  readonly expected: { readonly status: number; readonly body: unknown };
}

interface Content {
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}
interface Body {
  readonly $ref?: string;
  readonly content?: { readonly 'application/json': Content };
}
interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly example: string;
}
interface Operation {
  readonly operationId: string;
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body>>;
}

const contract = () => JSON.parse(readFileSync(join(root, 'generated/openapi.json'), 'utf8'));

/** The examples of a body by name; a single example has no name. */
function examplesOf(body: Body): readonly (readonly [name: string | undefined, value: unknown])[] {
  const { example, examples = {} } = body.content?.['application/json'] ?? {};
  if (example !== undefined) return [[undefined, example]];
  return Object.entries(examples).map(([name, { value }]) => [name, value] as const);
}

/** Asks a Prism mock for every example of every response, by the `Prefer` header. */
export async function askForEveryExample(url: string): Promise<readonly ExampleAnswer[]> {
  const document = contract();
  const resolve = <T extends { readonly $ref?: string }>(value: T): T =>
    value.$ref === undefined
      ? value
      : value.$ref
          .slice(2)
          .split('/')
          .reduce((node, key) => node[key], document);

  const answers: ExampleAnswer[] = [];
  for (const [path, item] of Object.entries<Record<string, unknown>>(document.paths))
    for (const method of ['get', 'post', 'patch']) {
      const operation = item[method] as Operation | undefined;
      if (operation === undefined) continue;
      const parameters = ((item.parameters ?? []) as Parameter[]).map(resolve);
      const filled = parameters.reduce((text, { name, example }) => text.replace(`{${name}}`, example), path);
      const sent = operation.requestBody && JSON.stringify(examplesOf(operation.requestBody)[0]?.[1]);
      for (const [code, reference] of Object.entries(operation.responses))
        for (const [example, body] of examplesOf(resolve(reference))) {
          const response = await fetch(url + filled, {
            method: method.toUpperCase(),
            headers: {
              authorization: 'Bearer vit_apk_acme',
              prefer: `code=${code}${example === undefined ? '' : `, example=${example}`}`,
              ...(sent !== undefined && { 'content-type': 'application/json' }),
            },
            ...(sent !== undefined && { body: sent }),
          });
          answers.push({
            name: `${operation.operationId} ${code}${example === undefined ? '' : ` ${example}`}`,
            status: response.status,
            body: await response.json(),
            expected: { status: Number(code), body },
          });
        }
    }
  return answers;
}
