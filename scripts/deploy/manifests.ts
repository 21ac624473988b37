import { globSync } from 'node:fs';
import { join } from 'node:path';
import { readYamlFile, root } from '../generate/contract.ts';

/** The kinds of manifests in deploy/kubernetes/, and where Kubernetes defines them. */
export const definitions = {
  Deployment: 'io.k8s.api.apps.v1.Deployment',
  NetworkPolicy: 'io.k8s.api.networking.v1.NetworkPolicy',
  PodDisruptionBudget: 'io.k8s.api.policy.v1.PodDisruptionBudget',
  Secret: 'io.k8s.api.core.v1.Secret',
  Service: 'io.k8s.api.core.v1.Service',
} as const;

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: keyof typeof definitions;
  readonly [field: string]: unknown;
}

/** Relative to the root of the repository. */
export const manifestFiles = globSync('deploy/kubernetes/*', { cwd: root }).sort();

export const readManifest = (file: string): Manifest => readYamlFile<Manifest>(file);

/** The strict schemas of these kinds, which `npm run lab -- manifests` writes. */
export const schemaFile = join(root, 'scripts/deploy/kubernetes.schema.json');
