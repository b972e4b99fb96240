import type { Project } from '../../protocol/models.ts';
import type { Look } from './look.ts';
import { table } from './table.ts';

export function projectTable(projects: readonly Project[], look: Look): string {
  if (projects.length === 0) return 'No projects. Register a repository: pan project add <path>';
  return table(
    [
      { title: 'NAME', cells: projects.map(({ name }) => name), shrink: [{ turn: 3, columns: 12 }] },
      { title: 'PREFIX', cells: projects.map(({ prefix }) => prefix) },
      { title: 'TRACKER', cells: projects.map(({ tracker }) => tracker) },
      { title: 'BRANCH', cells: projects.map(({ defaultBranch }) => defaultBranch), shrink: [{ turn: 2, columns: 8 }] },
      { title: 'PATH', cells: projects.map(({ path }) => path), shrink: [{ turn: 1, columns: 20 }] },
    ],
    look,
  );
}
