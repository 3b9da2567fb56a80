import { expect } from 'chai';
import { auditObject } from '../../src/audit/judge.ts';
import { windowsHostProcess } from '../../src/audit/rules/windows-host-process.ts';
import { auditContext, context, podContext, set, tweaked, visitObject } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

const domino = { target: { dominoNamespaces: new Set(['domino-platform']) } };

ruleTable(windowsHostProcess, {
  pass: [
    { name: 'unset' },
    { name: 'other options', tweaks: [context('windowsOptions', { runAsUserName: 'x' })] },
    {
      name: 'a container that says no',
      tweaks: [
        podContext('windowsOptions', { hostProcess: true }),
        context('windowsOptions', { hostProcess: false }),
      ],
    },
  ],
  fail: [
    {
      name: 'on the container',
      tweaks: [context('windowsOptions', { hostProcess: true })],
      setting: domino,
      hits: ['warning web spec.containers[0].securityContext.windowsOptions.hostProcess'],
    },
    {
      name: 'on the pod, beside other options of the container',
      tweaks: [
        podContext('windowsOptions', { hostProcess: true }),
        context('windowsOptions', { runAsUserName: 'x' }),
      ],
      hits: ['warning web spec.securityContext.windowsOptions.hostProcess'],
      says: 'set on the pod',
    },
    {
      name: 'a note elsewhere',
      tweaks: [
        context('windowsOptions', { hostProcess: true }),
        set('metadata.namespace', 'kube-system'),
      ],
      setting: domino,
      hits: ['note web spec.containers[0].securityContext.windowsOptions.hostProcess'],
    },
  ],
});

describe('rule windows-host-process, on Windows', () => {
  it('is the only one that judges a pod for Windows', () => {
    const value = tweaked(
      set('spec.os', { name: 'windows' }),
      context('privileged', true),
      podContext('windowsOptions', { hostProcess: true }),
    );
    const { findings, pods } = visitObject(value, (object) => auditObject(object, auditContext()));
    expect(findings.map(({ code, state }) => `${code} ${state ?? ''}`)).to.deep.equal([
      'DPS3010 Windows pod',
      'DPS4031 Windows pod',
    ]);
    expect(pods[0]?.state).to.equal('windows');
  });
});
