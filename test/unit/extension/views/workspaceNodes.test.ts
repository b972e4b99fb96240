import assert from 'node:assert/strict';
import type { TreeNode } from '../../../../extension/src/views/treeNode.ts';
import { type WorkspaceNodesInput, workspaceNodes } from '../../../../extension/src/views/workspaceNodes.ts';
import { fileRow, isBroken, repairable, workspaceRow } from '../../../../extension/src/views/workspaceRow.ts';
import { workspaceStates } from '../../../../runner/protocol/enumerations.ts';
import type { Workspace } from '../../../../runner/protocol/models.ts';
import type { ChangedFile, WorkspaceChanges } from '../../../../runner/protocol/workspaceModels.ts';
import { anAgent, aWorkspace } from '../../cli/models.ts';

const file = (changes: Partial<ChangedFile> = {}): ChangedFile => ({
  path: 'src/auth/limit.ts',
  from: null,
  status: 'modified',
  added: 1,
  removed: 0,
  ...changes,
});

function tree(workspaces: readonly Workspace[], changes: WorkspaceNodesInput['changes'] = new Map()): unknown[] {
  return workspaceNodes({ workspaces, changes, agentOf: () => anAgent() }).map(shown);
}

function shown({ row, children }: TreeNode): unknown {
  if (children === undefined) return row.label;
  return [row.label, children === 'unloaded' ? '...' : children.map(shown)];
}

describe('the tree of workspaces', () => {
  it('lists what needs repair first, then where agents work', () => {
    const workspaces = [
      aWorkspace({ issueId: 'MIN-1', branch: 'feature/min-1' }),
      aWorkspace({ issueId: 'MIN-2', branch: 'feature/min-2', agent: 'agent-min-2' }),
      aWorkspace({ issueId: 'MIN-3', branch: 'feature/min-3', state: 'corrupted' }),
    ];
    assert.deepEqual(tree(workspaces), [
      ['min-3', '...'],
      ['min-2', '...'],
      ['min-1', '...'],
    ]);
  });

  it('has a row for each project where there are several', () => {
    const workspaces = [aWorkspace({ project: 'b' }), aWorkspace({ issueId: 'ALP-1', branch: 'x', project: 'a' })];
    assert.deepEqual(tree(workspaces), [
      ['a', [['x', '...']]],
      ['b', [['min-142', '...']]],
    ]);
  });

  it('lists the changed files of those that were expanded, or says why not', () => {
    const found: WorkspaceChanges = {
      issueId: 'MIN-142',
      path: '/w',
      branch: 'feature/min-142',
      base: { name: 'main', commit: 'a'.repeat(40) },
      files: [file(), file({ path: 'README.md', status: 'added' })],
      total: 2,
      added: 2,
      removed: 0,
    };
    const below = (changes: WorkspaceChanges | { failure: string }) =>
      tree([aWorkspace()], new Map([['MIN-142', changes]]));
    assert.deepEqual(below(found), [['min-142', ['limit.ts', 'README.md']]]);
    assert.deepEqual(below({ ...found, total: 1_003 }), [['min-142', ['limit.ts', 'README.md', '1,001 more files']]]);
    assert.deepEqual(below({ ...found, files: [], total: 0 }), [['min-142', ['Nothing changed']]]);
    assert.deepEqual(below({ failure: 'The folder is gone.' }), [['min-142', ['The folder is gone.']]]);
  });
});

describe('the row of a workspace', () => {
  const row = (workspace: Partial<Workspace>, agent = false) => {
    const made = workspaceRow(aWorkspace(workspace), agent ? anAgent() : undefined);
    return [made.label, made.description, made.icon?.id, made.contextValue, made.spoken];
  };
  const plain = { ahead: 0, changedFiles: 0 };
  const table: [string, Partial<Workspace>, boolean, unknown[]][] = [
    [
      'says how far it is and who works in it',
      { ahead: 3, behind: 1, changedFiles: 6, agent: 'agent-min-142' },
      true,
      [
        'min-142',
        '↑3 ↓1 · 6 files · claude · Rate-limit login',
        'git-branch',
        'workspace.ok+agent+dirty',
        'Workspace min-142, 3 commits ahead, 1 commit behind, 6 changed files, claude working, Rate-limit login',
      ],
    ],
    [
      'says nothing of one that changed nothing',
      plain,
      false,
      ['min-142', '', 'git-branch', 'workspace.ok', 'Workspace min-142'],
    ],
    [
      'is being made',
      { ...plain, state: 'creating' },
      false,
      ['min-142', 'being made', 'loading~spin', 'workspace.creating', 'Workspace min-142, being made'],
    ],
    [
      'could not be set up',
      { ...plain, state: 'setupFailed' },
      false,
      ['min-142', 'setup failed', 'warning', 'workspace.setupFailed', 'Workspace min-142, setup failed'],
    ],
    [
      'is corrupted',
      { ...plain, state: 'corrupted' },
      false,
      ['min-142', 'git cannot read it', 'error', 'workspace.corrupted', 'Workspace min-142, git cannot read it'],
    ],
    [
      'is missing',
      { ...plain, state: 'missing' },
      false,
      ['min-142', 'its folder is gone', 'circle-slash', 'workspace.missing', 'Workspace min-142, its folder is gone'],
    ],
    [
      'is an orphan',
      { ...plain, state: 'orphan' },
      false,
      [
        'min-142',
        'git does not know it',
        'debug-disconnect',
        'workspace.orphan',
        'Workspace min-142, git does not know it',
      ],
    ],
    [
      'is locked',
      { ...plain, state: 'locked' },
      false,
      [
        'min-142',
        'locked with git worktree lock',
        'lock',
        'workspace.locked',
        'Workspace min-142, locked with git worktree lock',
      ],
    ],
  ];
  for (const [what, workspace, agent, expected] of table) {
    it(what, () => assert.deepEqual(row(workspace, agent), expected));
  }
});

describe('what making a workspace again repairs', () => {
  it('is one whose folder is gone, or that is half made', () => {
    const repaired = workspaceStates.filter((state) => repairable(aWorkspace({ state })));
    assert.deepEqual(repaired, ['creating', 'missing']);
  });
});

describe('what needs repair', () => {
  it('is none that somebody locked', () => {
    const broken = workspaceStates.filter((state) => isBroken(aWorkspace({ state })));
    assert.deepEqual(broken.toSorted(), ['corrupted', 'missing', 'orphan', 'setupFailed']);
  });
});

describe('the row of a changed file', () => {
  const row = (changes: Partial<ChangedFile>) => {
    const { label, description, contextValue, spoken } = fileRow(file(changes));
    return [label, description, contextValue, spoken];
  };
  it('names the file and its folder', () => {
    assert.deepEqual(row({}), ['limit.ts', 'src/auth', 'file.modified', 'limit.ts, modified, in src/auth']);
    assert.deepEqual(row({ path: 'a.ts', status: 'untracked' }), ['a.ts', '', 'file.untracked', 'a.ts, untracked']);
  });
  it('says where a renamed one comes from, and hides nothing of odd names', () => {
    assert.deepEqual(row({ path: 'b\n.ts', from: 'x/a.ts', status: 'renamed' }), [
      'b ⏎ .ts',
      'from x/a.ts',
      'file.renamed',
      'b ⏎ .ts, renamed, from x/a.ts',
    ]);
  });
});
