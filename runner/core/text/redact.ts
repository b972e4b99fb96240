/** Token shapes of GitHub, GitLab, Linear, Anthropic and OpenAI, Google, Slack, AWS, and what follows `Bearer`. */
const secrets = [
  /\bgh[pousr]_[A-Za-z0-9]{20,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/g,
  /\bglpat-[A-Za-z0-9_-]{16,}/g,
  /\blin_(?:api|oauth)_[A-Za-z0-9]{16,}/g,
  /\bsk-[A-Za-z0-9_-]{16,}/g,
  /\bAIza[A-Za-z0-9_-]{30,}/g,
  /\bxox[abposr]-[A-Za-z0-9-]{10,}/g,
  /\bAKIA[A-Z0-9]{16}\b/g,
  /(?<=\bBearer\s)[A-Za-z0-9._~+/=-]{8,}/g,
  /(?<=\b[A-Z0-9_]*(?:TOKEN|SECRET|PASSWORD|API_KEY)=)\S+/g,
];

/** The text with everything that looks like a secret replaced by `[secret]`. */
export function redact(text: string): string {
  return secrets.reduce((redacted, pattern) => redacted.replace(pattern, '[secret]'), text);
}
