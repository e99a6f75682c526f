import { own } from '../../json.ts';
import { message, type Source } from './source.ts';

/** FunctionGraph's timer: the text that was typed in when the timer was made. */
export const timer: Source = {
  name: 'timer',
  matches: (event) => own(event, 'trigger_type') === 'TIMER',
  open: (event) => [message(own(event, 'user_event'))],
};
