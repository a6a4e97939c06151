// Writes plain values as YAML, always the same way.

const PLAIN = /^[A-Za-z/$_][\w ./$-]*$/;
const RESERVED = /^(true|false|null|yes|no|on|off|y|n)$/i;

function scalar(value) {
  if (typeof value !== 'string') return String(value);
  return PLAIN.test(value) && !RESERVED.test(value) && !value.endsWith(' ') ? value : JSON.stringify(value);
}

const isEmpty = (value) => Object.keys(value).length === 0;

function lines(value, indent) {
  const pad = ' '.repeat(indent);
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const [first, ...rest] = typeof item === 'object' ? lines(item, indent + 2) : [pad + scalar(item)];
      return [`${pad}- ${first.trimStart()}`, ...rest];
    });
  }
  return Object.entries(value).flatMap(([key, item]) => {
    const name = `${pad}${scalar(key)}:`;
    if (typeof item === 'string' && item.includes('\n')) {
      return [`${name} |-`, ...item.split('\n').map((line) => (line ? `${pad}  ${line}` : ''))];
    }
    if (item === null || typeof item !== 'object') return [`${name} ${scalar(item)}`];
    if (isEmpty(item)) return [`${name} ${Array.isArray(item) ? '[]' : '{}'}`];
    return [name, ...lines(item, indent + 2)];
  });
}

/** The value as a YAML document. */
export const toYaml = (value) => lines(value, 0).join('\n') + '\n';
