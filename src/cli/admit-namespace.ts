/** The namespace of an object that states none: with a configuration, that of its row of the catalog. */
import { identityOf } from '../security/identity.ts';
import { matchWorkload } from '../security/match.ts';
import type { ManifestObject, PodTemplate } from '../workloads/types.ts';
import type { AdmitSetup } from './admit-setup.ts';

export function namespaceFinder({
  loaded,
}: AdmitSetup): (object: ManifestObject, template: PodTemplate) => string | undefined {
  if (loaded === undefined) return () => undefined;
  const { catalog, options } = loaded;
  return (object, template) => {
    const { matches } = matchWorkload(identityOf(object, template), catalog, undefined);
    const [match] = matches;
    return match === undefined ? undefined : options.namespaces[match.entry.namespace.key].name;
  };
}
