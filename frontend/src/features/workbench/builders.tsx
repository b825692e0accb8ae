/** The forms that write statements, by the name that an engine declares. */
import type { ComponentType } from 'react';
import type { EngineInfo } from '#contract/engines.ts';
import type { NodePath } from '#contract/objects.ts';
import { KeyQueryDialog } from '../key-query/key-query-dialog.tsx';
import type { LiveConnection } from './connections.ts';
import type { Built } from './desk-actions.ts';

interface BuilderProps {
  readonly connection: LiveConnection;
  readonly path: NodePath | undefined;
  readonly statement: string | undefined;
  onBuilt(built: Built): void;
  onClose(): void;
}

export const BUILDERS: Readonly<Record<NonNullable<EngineInfo['builder']>, ComponentType<BuilderProps>>> = {
  'key-query': KeyQueryDialog,
};
