import { apiVersion } from '../../src/audit/rules/api-version.ts';
import type { Setting, Value } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

const object = (apiVersion: string, kind: string): Value => ({
  apiVersion,
  kind,
  metadata: { name: 'x' },
});
const at = (kubernetes: number): Setting => ({ target: { kubernetes } });

ruleTable(apiVersion, {
  pass: [
    { name: 'served', object: object('apps/v1', 'Deployment'), setting: at(33) },
    {
      name: 'still served',
      object: object('policy/v1beta1', 'PodSecurityPolicy'),
      setting: at(24),
    },
    {
      name: 'CronJob of batch/v1 from 1.21 on',
      object: object('batch/v1', 'CronJob'),
      setting: at(21),
    },
    {
      name: 'another group',
      object: object('extensions.example.com/v1beta1', 'Deployment'),
      setting: at(33),
    },
    { name: 'version unknown, API current', object: object('batch/v1', 'CronJob') },
  ],
  fail: [
    {
      name: 'PodSecurityPolicy at 1.25',
      object: object('policy/v1beta1', 'PodSecurityPolicy'),
      setting: at(25),
      hits: ['error - apiVersion'],
      says: 'not served by Kubernetes 1.25 (removed in 1.25)',
    },
    {
      name: 'PodDisruptionBudget of policy/v1beta1 at 1.25',
      object: object('policy/v1beta1', 'PodDisruptionBudget'),
      setting: at(25),
      hits: ['error - apiVersion'],
    },
    {
      name: 'Deployment of extensions/v1beta1 at 1.16',
      object: object('extensions/v1beta1', 'Deployment'),
      setting: at(16),
      hits: ['error - apiVersion'],
    },
    {
      name: 'CronJob of batch/v1beta1 at 1.25',
      object: object('batch/v1beta1', 'CronJob'),
      setting: at(25),
      hits: ['error - apiVersion'],
    },
    {
      name: 'CronJob of batch/v1 before 1.21',
      object: object('batch/v1', 'CronJob'),
      setting: at(20),
      hits: ['error - apiVersion'],
      says: 'it came with 1.21',
    },
    {
      name: 'version unknown: a note',
      object: object('policy/v1beta1', 'PodSecurityPolicy'),
      hits: ['note - apiVersion'],
      says: 'from Kubernetes 1.25 on',
    },
  ],
});
