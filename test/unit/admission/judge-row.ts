// What a row of the tables of judge.test.ts holds: a cluster, a pod, and what is said of it.
import type { ClusterFacts, PodRequest } from '../../../src/admission/judge/types.ts';
import type { AdmitTarget } from '../../../src/admission/target.ts';
import { ANNOTATIONS, enforce, namespaceObject, type Json } from './support.ts';

export interface Row {
  name: string;
  target: AdmitTarget;
  objects?: readonly Json[];
  request?: Partial<PodRequest>;
  pod?: Json;
  more?: Partial<ClusterFacts>;
  admitted: boolean | null;
  policy?: string | null;
  /** Policies (and checks) that refuse. */
  refusals?: readonly string[];
  dependsOn?: readonly string[];
}

export const NS = 'the namespace of the object';
/** The namespace `a` with every annotation that SCCs need, and a level to enforce. */
export const known = (level?: string): Json =>
  namespaceObject('a', level === undefined ? {} : enforce(level), ANNOTATIONS);
