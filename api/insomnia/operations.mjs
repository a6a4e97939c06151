// What the OpenAPI document says of each operation, and a request made from that alone.

const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Every operation of the document by its id. */
export function operations(document) {
  const all = new Map();
  for (const [url, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      all.set(operation.operationId, read(document, url, method, operation));
    }
  }
  return all;
}

function read(document, url, method, operation) {
  const statuses = Object.keys(operation.responses).map(Number);
  const security = operation.security ?? document.security;
  const sample = operation.requestBody?.content?.['application/json']?.schema;
  const id = operation.operationId;
  return {
    id,
    url,
    method: method.toUpperCase(),
    tag: operation.tags[0],
    summary: operation.summary,
    description: operation.description,
    status: Math.min(...statuses),
    isPublic: security.some((way) => Object.keys(way).length === 0),
    path: Object.fromEntries([...url.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, NOBODY])),
    // Nobody has said yet what to send: whatever the document promises is a good answer.
    alone: { operation: id, statuses, body: sample && example(document, sample) },
  };
}

/** A value that a schema allows, as far as the schema tells. */
function example(document, schema) {
  if (schema.$ref) return example(document, schema.$ref.split('/').slice(1).reduce((at, name) => at[name], document));
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  const choice = schema.oneOf ?? schema.anyOf;
  if (choice) return example(document, choice.find((one) => one.type !== 'null') ?? choice[0]);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => example(document, part)));
  const type = [schema.type].flat().find((name) => name !== 'null');
  if (type === 'object') {
    const fields = (schema.required ?? []).map((name) => [name, example(document, schema.properties?.[name] ?? {})]);
    return Object.fromEntries(fields);
  }
  if (type === 'array') return [];
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  if (type === 'boolean') return true;
  return schema.format === 'uuid' ? NOBODY : 'text';
}
