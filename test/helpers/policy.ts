/** A policy context from the text of a deploy.yaml, as the commands build it. */
import { catalog } from '../../src/catalog/index.ts';
import { parseDeploy } from '../../src/deploy/parse.ts';
import { correctedCatalog } from '../../src/security/corrections.ts';
import { select } from '../../src/security/select.ts';
import type { PolicyContext } from '../../src/security/standing.ts';

/** The smallest valid configuration; `extra` is YAML that follows it at the top level. */
export function deployText(extra = '', podSecurity = ''): string {
  return `schema: "1.16"
name: acme
version: 6.2.2
hostname: domino.acme.example
external_docker_registry: registry.acme.example
${extra}
pod_security:
  platform: eks
  kubernetes_version: "1.33"
${podSecurity}`;
}

export function policyOf(text: string, more: Partial<PolicyContext> = {}): PolicyContext {
  const options = parseDeploy(text, 'deploy.yaml', {}, { kubernetesVersion: true });
  const corrected = correctedCatalog(catalog, options.catalog);
  const names = options.namespaces;
  return {
    catalog: corrected,
    options,
    selection: select(corrected, options),
    namespaces: {
      platform: names.platform.name,
      compute: names.compute.name,
      system: names.system.name,
      istio: names.istio.name,
    },
    useCatalog: true,
    alsoNamespaces: [],
    decision: { hardening: options.hardening, enforceAssumed: false },
    ...more,
  };
}
