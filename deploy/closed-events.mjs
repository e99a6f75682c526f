/** @typedef {{ type?: string, properties?: Record<string, Schema>, additionalProperties?: boolean }} Schema */

/** Closes an object schema that lists its keys and says nothing of others, and those inside it. */
const close = (/** @type {Schema} */ schema) => {
  if (schema.properties === undefined) return;
  schema.additionalProperties ??= false;
  for (const inner of Object.values(schema.properties)) close(inner);
};

/**
 * osls takes any key in an `eventBridge` event: a misspelt `deadLetterQueueArn` would deploy a rule without the queue, and
 * say nothing. With this plugin it is refused like any other.
 */
export default class ClosedEvents {
  constructor(serverless) {
    const [functionSchema] = Object.values(
      serverless.configSchemaHandler.schema.properties.functions.patternProperties,
    );
    const events = functionSchema.properties.events.items.anyOf;
    for (const { properties } of events) if (properties.eventBridge) close(properties.eventBridge);
  }
}
