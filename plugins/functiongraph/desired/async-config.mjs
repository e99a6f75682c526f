import { present } from '../json.mjs';

/** @import { Body, Destination, FunctionConfig } from '../types.ts' */

/** The platform's own defaults; the API takes neither setting without the other. */
const DEFAULT_RETRY_ATTEMPTS = 1;
const DEFAULT_EVENT_AGE_SECONDS = 3600;

/**
 * The API takes `param` as JSON text.
 *
 * @param {Destination | undefined} destination
 */
const destinationBody = (destination) =>
  destination && { destination: destination.destination, param: JSON.stringify(destination.param) };

/**
 * Body of "configure asynchronous execution notification", or null where the function has nothing to say about it.
 *
 * @param {FunctionConfig} fn
 * @returns {Body | null}
 */
export const desiredAsyncConfig = (fn) => {
  const { maximumRetryAttempts, maximumEventAge } = fn;
  const destinations = desiredDestinations(fn);
  if (maximumRetryAttempts === undefined && maximumEventAge === undefined && destinations === undefined) return null;
  return present({
    max_async_retry_attempts: maximumRetryAttempts ?? DEFAULT_RETRY_ATTEMPTS,
    max_async_event_age_in_seconds: maximumEventAge ?? DEFAULT_EVENT_AGE_SECONDS,
    destination_config: destinations,
  });
};

/**
 * An empty list of destinations is none: the platform keeps what it is sent, and two deployments are to be the same.
 *
 * @param {FunctionConfig} fn
 */
const desiredDestinations = ({ destinations: { onSuccess, onFailure } = {} }) =>
  onSuccess || onFailure
    ? present({ on_success: destinationBody(onSuccess), on_failure: destinationBody(onFailure) })
    : undefined;
