// Insomnia's template tags, as the collection uses them.

/** A value of the environment in force. */
export const env = (name) => `{{ _.${name} }}`;

/**
 * A value of another request's newest answer, found by its JSONPath. Insomnia sends that request first if it was never
 * sent ('no-history'), every time ('always'), or if the answer is older than some seconds ('when-expired').
 */
export const answer = (id, path, resend = 'no-history', seconds = 60) =>
  `{% response 'body', 'req_${id}', 'b64::${Buffer.from(path).toString('base64')}::46b', '${resend}', ${seconds} %}`;

/** A new UUID each time. */
export const uuid = "{% uuid 'v4' %}";

/** Milliseconds since 1970: what makes names unique. */
export const millis = "{% now 'millis', '' %}";
