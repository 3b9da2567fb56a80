/**
 * The catalog: every pod that the documentation excepts from the default policy, in the order of
 * its table, then the pods of users, then rows of other versions. To add a pod, add its row to the
 * file of its component and name it here.
 */
import { dataImporter, secondBackup, workbenchBackup } from './backup.ts';
import { hephaestusBuildkit } from './builds.ts';
import { smarterDeviceManager } from './devices.ts';
import { nvidiaDriverInstaller } from './gpu-driver.ts';
import { dcgmExporter, gpuFeatureDiscovery, nvidiaDevicePlugin } from './gpu.ts';
import { imageCacheAgent } from './images.ts';
import { istioCniNode } from './istio.ts';
import { fluentd } from './logging.ts';
import { newrelicLogging } from './monitoring-logs.ts';
import { falco, newrelicInfrastructure } from './monitoring.ts';
import { fluentBit, forge, prometheusNodeExporter, ztunnel } from './other-pods.ts';
import { clusterAutoscaler, dataPlaneAgent, ebsController } from './other-versions.ts';
import { dockerRegistryCertMgr } from './registry.ts';
import { elasticsearch } from './search.ts';
import { ebsNode } from './storage-ebs.ts';
import { efsController, efsNode } from './storage-efs.ts';
import { nfsClientProvisioner, openebs } from './storage-other.ts';
import { smbController, smbNode } from './storage-smb.ts';
import type { PodEntry } from './types.ts';
import { userWorkloads } from './workloads.ts';

export const catalog: readonly PodEntry[] = [
  ebsNode,
  efsController,
  efsNode,
  smbController,
  smbNode,
  dcgmExporter,
  dockerRegistryCertMgr,
  workbenchBackup,
  secondBackup,
  dataImporter,
  elasticsearch,
  falco,
  fluentd,
  hephaestusBuildkit,
  imageCacheAgent,
  istioCniNode,
  newrelicInfrastructure,
  newrelicLogging,
  nfsClientProvisioner,
  nvidiaDevicePlugin,
  gpuFeatureDiscovery,
  nvidiaDriverInstaller,
  openebs,
  smarterDeviceManager,
  userWorkloads,
  ebsController,
  clusterAutoscaler,
  dataPlaneAgent,
  forge,
  prometheusNodeExporter,
  fluentBit,
  ztunnel,
];
