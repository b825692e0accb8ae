/**
 * The part of pg that Lodge builds on, as far as pg's own types leave it out: pg opens the door (TLS, login) and keeps the
 * order of what is sent and answered; see docs/decisions/0002-postgres-streams.md.
 */
import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { Client, FieldDef } from 'pg';

/** The messages that a frontend sends (PostgreSQL documentation, "Message Formats"). */
export interface Frontend extends EventEmitter {
  readonly stream: Duplex;
  query(text: string): void;
  parse(message: { name: string; text: string; types: readonly number[] }): void;
  bind(message: { portal: string; statement: string; values: readonly (string | null)[] }): void;
  describe(message: { type: 'S' | 'P'; name: string }): void;
  execute(message: { portal: string; rows: number }): void;
  close(message: { type: 'S' | 'P'; name: string }): void;
  sync(): void;
  sendCopyFail(reason: string): void;
  end(): void;
}

/** What pg calls while something that was submitted is being answered. */
export interface Submitted {
  submit(frontend: Frontend): void;
  handleRowDescription(message: { fields: FieldDef[] }): void;
  handleDataRow(message: { fields: (string | null)[] }): void;
  handleCommandComplete(message: { text: string }): void;
  handleEmptyQuery(): void;
  handlePortalSuspended(): void;
  handleCopyInResponse(frontend: Frontend): void;
  handleCopyData(): void;
  handleError(error: Error, frontend: Frontend): void;
  handleReadyForQuery(frontend: Frontend): void;
}

/** Names what a backend must be told to cancel (message BackendKeyData). */
export interface BackendKey {
  readonly processID: number;
  readonly secretKey: number;
}

export const frontendOf = (client: Client): Frontend => client.connection as unknown as Frontend;
export const backendKeyOf = (client: Client): BackendKey => client as unknown as BackendKey;
