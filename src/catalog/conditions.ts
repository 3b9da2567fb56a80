/** Conditions that several rows share, as data. */
import type { Condition } from './types.ts';

/** From 5.11 on some services install only where the extended catalog is open (DOC-EXT). */
export const extendedCatalog: Condition = {
  any: [{ domino: { before: '5.11' } }, { path: 'extended_catalog', equals: true }],
};

export const ebsStorage: Condition = {
  all: [
    { path: 'storage_classes.block.type', equals: 'ebs' },
    { path: 'storage_classes.block.create', equals: true },
  ],
};

export const efsStorage: Condition = { path: 'storage_classes.shared.type', equals: 'efs' };

/** `pod_security.components.smb` overrides what the release and the extended catalog say. */
export const smbConfigured: Condition = {
  any: [
    { path: 'pod_security.components.smb', equals: true },
    {
      all: [
        { not: { path: 'pod_security.components.smb', present: true } },
        { path: 'release_overrides.csi-driver-smb.installed', equals: true },
        extendedCatalog,
      ],
    },
  ],
};

export const falcoConfigured: Condition = {
  any: [
    { path: 'pod_security.components.falco', equals: true },
    {
      all: [
        { not: { path: 'pod_security.components.falco', present: true } },
        { path: 'release_overrides.falco.installed', equals: true },
        extendedCatalog,
      ],
    },
  ],
};

/** `hostpath` (seen in a 4.3.3 configuration) is a type of its own and does not select OpenEBS. */
export const openebsStorage: Condition = {
  any: [
    { path: 'pod_security.components.openebs', equals: true },
    {
      all: [
        { not: { path: 'pod_security.components.openebs', present: true } },
        { path: 'storage_classes.block.type', equals: 'openebs' },
      ],
    },
  ],
};

/** The documented `gpu_monitoring_enabled` is read as `monitoring.gpu_metrics`; absent means on. */
export const gpuMetrics: Condition = {
  all: [
    { path: 'gpu.enabled', equals: true },
    { not: { path: 'monitoring.gpu_metrics', equals: false } },
    extendedCatalog,
  ],
};

export const gpuEnabled: Condition = { path: 'gpu.enabled', equals: true };

export const gkeDrivers: Condition = { all: [{ platform: ['gke'] }, gpuEnabled] };

/** `install` is filled in from `enabled`, `cni` with true. */
export const istioCni: Condition = {
  all: [{ path: 'istio.install', equals: true }, { not: { path: 'istio.cni', equals: false } }],
};

export const newRelicInfrastructure: Condition = {
  all: [{ path: 'monitoring.newrelic.infrastructure', equals: true }, extendedCatalog],
};
