import type { DoctorCheck, DoctorReport } from '../../protocol/models.ts';
import { padText } from './cutText.ts';
import type { Look } from './look.ts';
import { paint, type Style } from './paint.ts';
import { plainLine } from './plainText.ts';

const marks: Readonly<Record<DoctorCheck['status'], { symbol: string; ascii: string; style: Style }>> = {
  ok: { symbol: '✓', ascii: '+', style: 'green' },
  warning: { symbol: '!', ascii: '!', style: 'yellow' },
  missing: { symbol: '✗', ascii: 'x', style: 'red' },
  optional: { symbol: '-', ascii: '-', style: 'dim' },
};

/** From here on the fix stands beside what is wrong. */
const roomyWidth = 100;
const fixColumn = 75;

/** `pan doctor`: a line for each check, with the command that fixes it, and a sum. */
export function doctorPage({ checks }: DoctorReport, look: Look): string {
  const nameColumns = Math.max(0, ...checks.map(({ name }) => look.measure(plainLine(name))));
  const versionColumns = Math.max(0, ...checks.map((check) => look.measure(versionOf(check))));
  const indent = ' '.repeat(2 + nameColumns + 1 + versionColumns + 2);
  const lines = checks.flatMap((check) => {
    const { symbol, ascii, style } = marks[check.status];
    const start = [
      paint(look.unicode ? symbol : ascii, style, look),
      padText(plainLine(check.name), nameColumns, 'left', look),
      `${padText(versionOf(check), versionColumns, 'left', look)} `,
    ].join(' ');
    const why = plainLine(check.why);
    if (check.fix === null) return [`${start} ${why}`];
    const fix = `fix: ${plainLine(check.fix)}`;
    if (Number.isFinite(look.width) && fitsBeside(indent, why, fix, look)) {
      return [`${start} ${padText(why, fixColumn - indent.length, 'left', look)}${fix}`];
    }
    return [`${start} ${why}`, indent + fix];
  });
  return [...lines, sum(checks)].join('\n');
}

function fitsBeside(indent: string, why: string, fix: string, look: Look): boolean {
  const room = fixColumn - indent.length;
  return look.width >= roomyWidth && look.measure(why) < room && fixColumn + look.measure(fix) <= look.width;
}

function versionOf(check: DoctorCheck): string {
  return check.version === null ? 'not found' : plainLine(check.version);
}

function sum(checks: readonly DoctorCheck[]): string {
  const problems = checks.filter(({ status }) => status === 'missing').length;
  const warnings = checks.filter(({ status }) => status === 'warning').length;
  if (problems + warnings === 0) return 'All is well.';
  const parts = [
    ...(problems === 0 ? [] : [`${problems} problem${problems === 1 ? '' : 's'}`]),
    ...(warnings === 0 ? [] : [`${warnings} warning${warnings === 1 ? '' : 's'}`]),
  ];
  return `${parts.join(', ')}.`;
}
