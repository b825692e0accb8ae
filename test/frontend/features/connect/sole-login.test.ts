import { soleLogin } from '../../../../frontend/src/features/connect/sole-login.ts';
import { resource } from '../workbench/demo.ts';

describe('soleLogin', () => {
  it('asks nothing where the keys of the session are enough, and only there', () => {
    expect(soleLogin(resource('tables', { engine: 'dynamodb' }))).toBe('keys');
    expect(soleLogin(resource('shop'))).toBeUndefined();
    const { engine: _, ...unknown } = resource('graph');
    expect(soleLogin(unknown)).toBeUndefined();
  });
});
