/** What the services' process says when it is ready. */
export interface FaultyServicesUrls {
  readonly cosUrl: string
  readonly policyUrl: string
  readonly confirmUrl: string
}

/** What it has seen, on the server's side. */
export interface ServerReport {
  /** POSTs by the `send` number in their URL, those that a fault cut among them. More than one: the browser repeated it by itself. */
  readonly posts: Readonly<Record<string, number>>
  /** How often the app was told of an object version, by key. */
  readonly told: Readonly<Record<string, number>>
}
