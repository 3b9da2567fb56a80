/**
 * Each case is read by a real kubectl and by us. `@` stands for the case's own name prefix, which
 * tells kubectl's objects apart. `codes`: what we report. With `refused` kubectl or we see nothing
 * or only a part, and an error of ours says so; without it both see exactly the same objects.
 */
export interface Case {
  title: string;
  text: string;
  codes?: string[];
  refused?: true;
  /** kubectl stops at an error that we report as well; we read on and name what we see. */
  more?: string[];
}

export const pod = (spec: string, name = '@'): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: "${name}"}\nspec:\n${spec}`;
export const jsonPod = (name: string, spec = '{}'): string =>
  `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"${name}"},"spec":${spec}}`;
export const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "@cm"}\n';
