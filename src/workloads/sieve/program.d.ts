/** What the build writes to dist/sieve.js: the program of assembly/, in base64. */
declare module '#sieve' {
  export const program: string;
}

/** As much of it as is used here; every Node has it, unless it was started without. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> };
};
