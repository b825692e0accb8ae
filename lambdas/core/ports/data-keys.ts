/** The data key of each session, wrapped by KMS (or by a local secret). The context is bound to the wrapped key. */
export interface DataKeys {
  generate(context: Record<string, string>): Promise<{ key: Uint8Array; wrapped: Uint8Array }>;
  /** Errors: SESSION_INVALID where the wrapped key or its context is not as it was made. */
  unwrap(wrapped: Uint8Array, context: Record<string, string>): Promise<Uint8Array>;
}
