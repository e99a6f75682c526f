/**
 * A JSON Schema object that takes no other key than the named ones: a misspelt key is an error, not a default.
 *
 * @param {Record<string, object>} properties
 * @param {string[]} [required]
 */
export const strictObject = (properties, required = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

/**
 * @param {number} minimum
 * @param {number} maximum
 */
export const integer = (minimum, maximum) => ({ type: 'integer', minimum, maximum });

/** @param {(string | number)[]} values */
export const oneOf = (...values) => ({ enum: values });

export const text = { type: 'string', minLength: 1 };

/** @param {string} pattern */
export const matching = (pattern) => ({ type: 'string', pattern });

/**
 * An id the platform gave. Written without quotes in YAML, one such as `12e45…` is a number; what is left of it then
 * has a dot or a plus and is refused here, instead of going to the API as another id.
 */
export const id = matching('^[A-Za-z0-9_-]+$');

export const flag = { type: 'boolean' };

/** @param {object} items */
export const nonEmptyList = (items) => ({ type: 'array', items, minItems: 1 });
