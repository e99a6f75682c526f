import { cloudEvents, isCloudEvent, openCloudEvent } from './cloudevents.ts';
import { obsThroughEventGrid } from './objects.ts';
import { type Delivery, isListOf, list, type Source } from './source.ts';

/** CloudEvents in the JSON batch format (§4). Each is a separate event, and some may be object events. */
export const cloudEventsBatch: Source = {
  name: cloudEvents.name,
  matches: (event) => isListOf(event, isCloudEvent),
  open: openBatch,
};

function* openBatch(events: unknown): Iterable<Delivery> {
  for (const event of list(events)) {
    if (obsThroughEventGrid.matches(event)) yield* obsThroughEventGrid.open(event);
    else yield openCloudEvent(event);
  }
}
