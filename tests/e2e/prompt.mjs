// What a person's own browser does with a sign-in prompt: opens its page, answers, and goes wherever it is sent.
import { get as getPlain } from 'node:http';
import { get as getTls } from 'node:https';

/** Answers the sandbox's page as `user`; ends when the last redirect, to the waiting app, was followed. */
export function answer({ address, code }, user) {
  const page = new URL(address);
  const fields = { sandbox_answer: 'accept', login_hint: user, ...(code === null ? {} : { user_code: code }) };
  for (const [name, value] of Object.entries(fields)) page.searchParams.set(name, value);
  return follow(page);
}

function follow(address) {
  return new Promise((resolve, reject) => {
    // The sandbox's authority is trusted by its own session alone; this stands for a browser that was told to go on.
    const [get, options] = address.protocol === 'https:' ? [getTls, { rejectUnauthorized: false }] : [getPlain, {}];
    const asked = get(address, options, (response) => {
      const next = response.headers.location;
      response.resume();
      response.once('end', () => resolve(next === undefined ? undefined : follow(new URL(next, address))));
    });
    asked.once('error', reject);
  });
}
