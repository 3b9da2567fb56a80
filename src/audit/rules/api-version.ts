/**
 * An object of an API version that the target version does not serve.
 *
 * Fields: apiVersion with kind.
 * Allowed: what the target serves (served-apis.ts). Without a target version a removed API is a note.
 * Since: each row has its release. Source: Kubernetes, "Deprecated API Migration Guide"; T14, T19.
 */
import { DOCS } from '../docs.ts';
import { apiRow } from '../served-apis.ts';
import type { ObjectRule } from '../types.ts';

export const apiVersion: ObjectRule = {
  id: 'api-version',
  code: 'DPS4021',
  severity: 'error',
  title: 'API version that the cluster does not serve',
  why: 'The API server refuses the object; in a Helm release it also makes later upgrades and the removal fail.',
  fix: 'Write the version that the target serves; render with --api-versions as well as --kube-version.',
  docs: DOCS.removedApis,
  fields: ['apiVersion', 'kind'],
  scope: 'object',
  check: ({ object, target }) => {
    const row = apiRow(object.apiVersion, object.kind);
    if (row === undefined) return [];
    const { kubernetes } = target;
    const what = `apiVersion "${object.apiVersion}" of ${object.kind}`;
    const hit = { path: ['apiVersion'], field: 'apiVersion', fix: `Use ${row.use}.` };
    if (row.removed !== undefined) {
      if (kubernetes === undefined) {
        const message = `The ${what} is not served from Kubernetes 1.${row.removed} on.`;
        return [{ ...hit, message, severity: 'note' as const }];
      }
      if (kubernetes < row.removed) return [];
      const message = `The ${what} is not served by Kubernetes 1.${kubernetes} (removed in 1.${row.removed}).`;
      return [{ ...hit, message }];
    }
    if (row.since === undefined || kubernetes === undefined || kubernetes >= row.since) return [];
    const message = `The ${what} is not served by Kubernetes 1.${kubernetes} (it came with 1.${row.since}).`;
    return [{ ...hit, message }];
  },
};
