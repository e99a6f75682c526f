import { get, make } from './elements.js';
import { busy, DO, said, send, short } from './requests.js';
import { say } from './words.js';

/** Shows the faults that wait for their calls. */
export function showFaults(faults) {
  say(get('fault-title'), faults.length > 0 ? 'faults.waiting' : 'faults.none');
  get('fault-clear').hidden = faults.length === 0;
  get('fault-list').replaceChildren(
    ...faults.map(({ name, left, on }) => {
      const item = make('li', { class: 'badge warn long' });
      return say(item, 'faults.item', { name, n: String(left), on: on === 'queue' ? '=call.queue' : `=faults.${on}` });
    }),
  );
}

get('fault-form').addEventListener('submit', (event) => {
  event.preventDefault();
  void busy(event.submitter, async () => {
    const name = get('fault-name').value;
    const times = Number(get('fault-times').value);
    const on = get('fault-on').value;
    const { status, body } = await send('/console/faults', 'POST', { name, times, ...(on !== '' && { on }) });
    if (status === 201) said('said.fault', { name, n: String(times) });
    else said('said.http', { what: name, status, detail: body.detail });
  });
});

get('fault-clear').addEventListener('click', ({ currentTarget }) => {
  void busy(currentTarget, async () => {
    await send('/console/faults/clear', 'POST', {});
    said('said.cleared');
    // The button disappears when no fault waits, so the focus moves on.
    get('fault-name').focus();
  });
});

get('add-form').addEventListener('submit', (event) => {
  event.preventDefault();
  void busy(event.submitter, async () => {
    const id = get('add-id').value;
    const wait = get('add-wait').value;
    const order = { ...(id !== '' && { asset_id: id }), wait_seconds: wait === '' ? null : Number(wait) };
    const { status, body } = await send('/console/assets', 'POST', order);
    if (status !== 201) return said('said.http', { what: id, status, detail: body.detail });
    said('said.queued', { id: short(body.asset_id) });
    get('add-id').value = '';
  });
});

/** Asks before a cancel at the real VOD. */
function sure(id) {
  const dialog = get('sure');
  say(get('sure-text'), 'sure.text', { id });
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }),
  );
}

get('one-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const { submitter } = event;
  const id = get('one-id').value.trim();
  void busy(submitter, async () => {
    if (await sure(id)) await DO[submitter.value](id);
  });
});
