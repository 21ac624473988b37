import { test } from 'vitest';
import { screens } from '../../scripts/browser.ts';
import { expectSoundPages } from '../../scripts/test-support/console-pages.ts';

test.for(screens)(
  'on a screen ($name) every page is accessible, and nothing moves or is cut off',
  { timeout: 180_000 },
  (screen, context) =>
    expectSoundPages(screen, context, (group, refused) => ({
      full: ['groups', `groups/${group}`, 'syncs', 'journal', `journal/${refused}`, 'advice', 'faults', 'world'],
      fresh: ['groups', 'syncs', 'journal', 'advice', 'faults'],
    })),
);
