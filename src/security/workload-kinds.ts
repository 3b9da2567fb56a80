/** Where each workload kind keeps its pod template, and under which API version it is written. */
import type { WorkloadKind } from '../catalog/types.ts';

/** From the object's root to the object that holds the pod's `metadata` and `spec`. */
export const POD_PATH: Readonly<Record<WorkloadKind, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** The API version that a cluster of Kubernetes 1.`minor` serves (undefined: a current one). */
export function apiVersionOf(kind: WorkloadKind, minor: number | undefined): string {
  if (kind === 'Pod') return 'v1';
  if (kind === 'Job') return 'batch/v1';
  if (kind === 'CronJob') return minor !== undefined && minor < 21 ? 'batch/v1beta1' : 'batch/v1';
  return 'apps/v1';
}
