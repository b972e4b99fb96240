import { CST, Lexer } from 'yaml';

/** Most flow collections inside each other. */
const maxFlowDepth = 32;
/** Most indicators (`-`, `?`, `:`) on one line, or in one entry of a flow collection. */
const maxInARow = 8;

/**
 * Whether a YAML text nests so deeply that parsing it could exhaust the stack: the parser recurses, and V8 ends the
 * whole process when the stack is used up while a regular expression is being compiled (Node 20.20: "RegExpCompiler
 * Allocation failed"), so that catching the error is no answer. Deeper blocks need deeper indentation: with 8 a line,
 * 16 kB hold at most some 360 levels; the stack is good for about 1,100.
 */
export function isTooDeep(yaml: string): boolean {
  let flowDepth = 0;
  let inARow = 0;
  for (const token of new Lexer().lex(yaml)) {
    switch (CST.tokenType(token)) {
      case 'flow-map-start':
      case 'flow-seq-start':
        flowDepth += 1;
        break;
      case 'flow-map-end':
      case 'flow-seq-end':
        flowDepth = Math.max(0, flowDepth - 1);
        break;
      case 'newline':
        if (flowDepth === 0) inARow = 0;
        break;
      case 'comma':
        inARow = 0;
        break;
      case 'seq-item-ind':
      case 'explicit-key-ind':
      case 'map-value-ind':
        inARow += 1;
        break;
      default:
    }
    if (flowDepth > maxFlowDepth || inARow > maxInARow) return true;
  }
  return false;
}
