// One sentence for each code of the contract: what it means, and what still works or comes next.
// The table is total: a new code does not compile until it has its words.
import type { Explanation } from '../design/states';
import type { Code } from '../contract/rpc.gen';

export const ERRORS: Record<Code, Explanation> = {
  invalid: { title: 'The request could not be read', next: 'Nothing was changed.' },
  not_found: { title: 'It is not here any more', next: 'The list shows what the store holds now.' },
  sign_in: { title: 'Microsoft did not accept the sign-in', next: 'What was read before stays readable; Accounts shows the connection.' },
  denied: { title: 'The account lacks a permission', next: 'The other sources still work, and what was read before stays readable.' },
  offline: { title: 'No answer from the network', next: 'Everything already read stays readable; nothing was written.' },
  throttled: { title: 'Microsoft asked us to wait', next: 'The work goes on by itself; the other sources continue.' },
  conflict: { title: 'Someone changed it first', next: 'Nothing was written. The current state is shown after a refresh.' },
  keychain: { title: 'The system keychain does not answer', next: 'Secrets are never written to a file instead. Unlock or start it, then try again.' },
  storage: { title: 'The local store could not be used', next: 'Nothing was sent anywhere. The next sync reads again what is missing.' },
  read_only: { title: 'This profile reads only', next: 'Nothing was sent.' },
  cancelled: { title: 'Cancelled', next: 'What was finished before is kept.' },
  bad_answer: { title: 'The answer could not be understood', next: 'What was read before stays as it is; the request is in the log.' },
  internal: { title: 'Crosswalk failed here', next: 'Nothing stored is lost. The details below help to find the cause.' },
};

export function explain(code: string): Explanation {
  return code in ERRORS ? ERRORS[code as Code] : ERRORS.internal;
}
