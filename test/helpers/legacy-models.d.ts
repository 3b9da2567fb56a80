/** kubernetes-models 2.0.2 under an alias: its types do not resolve under "nodenext". */
declare module 'kubernetes-models-legacy/policy/v1beta1/PodSecurityPolicy' {
  export class PodSecurityPolicy {
    constructor(data: object);
    validate(): void;
  }
}
