import { record, safeParse, string } from 'valibot';

const schema = record(string(), string());

/**
 * The environment between the two marks, whatever stands around them: startup files print greetings. Undefined while
 * the answer is not whole.
 */
export function parseAnswer(output: string, mark: string): Record<string, string> | undefined {
  const [, answer, ...rest] = output.split(mark);
  if (answer === undefined || rest.length === 0) return undefined;
  try {
    const checked = safeParse(schema, JSON.parse(answer));
    return checked.success ? checked.output : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
