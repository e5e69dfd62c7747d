/** How this machine reaches the network. A new object, or changed values, count from the next call on. */
export interface NetworkSettings {
  /** `http.proxy`: goes before the variables. */
  readonly proxy?: string | undefined;
  /** `http.noProxy`, in addition to the variable. */
  readonly noProxy: readonly string[];
  /** `http.proxyAuthorization`: the whole header, in place of a user in the address. */
  readonly proxyAuthorization?: string | undefined;
  /** `http.proxyStrictSSL`: false accepts any certificate on connections through a proxy, as in VS Code. */
  readonly strictSsl: boolean;
  /** `http.proxySupport`: with `off` no proxy is used, whatever the rest says. */
  readonly proxySupport: 'on' | 'off';
  /** `http.systemCertificates`. */
  readonly systemCertificates: boolean;
  readonly environment: NetworkEnvironment;
}

/** What the environment says about networks. */
export interface NetworkEnvironment {
  readonly httpsProxy?: string | undefined;
  readonly httpProxy?: string | undefined;
  readonly allProxy?: string | undefined;
  readonly noProxy?: string | undefined;
  readonly extraCaFile?: string | undefined;
}

/** Straight to every host, with the machine's own certificates. */
export const directNetwork: NetworkSettings = {
  noProxy: [],
  strictSsl: true,
  proxySupport: 'on',
  systemCertificates: true,
  environment: {},
};

/** Reads the variables; lower case goes first, as in curl. */
export function networkEnvironment(env: Readonly<Record<string, string | undefined>>): NetworkEnvironment {
  const read = (name: string): string | undefined => env[name.toLowerCase()]?.trim() || env[name]?.trim() || undefined;
  return {
    httpsProxy: read('HTTPS_PROXY'),
    httpProxy: read('HTTP_PROXY'),
    allProxy: read('ALL_PROXY'),
    noProxy: read('NO_PROXY'),
    extraCaFile: env['NODE_EXTRA_CA_CERTS']?.trim() || undefined,
  };
}
