// A sign-in that is needed or under way, over whatever screen is shown: it is done in place and the screen stays.
// Accounts shows the same beside the account.
import { useRpc } from '../contract/rpc';
import { SignInCard } from '../features/accounts/SignInCard';
import css from './Frame.module.css';
import { useOpenAccount } from './tenant';

export function SignInBand({ room }: { room: string | undefined }) {
  const account = useOpenAccount();
  const prompt = useRpc('sign_in_get', {}).data?.prompt;
  if (account === undefined || room === 'accounts') return null;
  if (!account.sign_in_needed && prompt?.account !== account.name) return null;
  return (
    <div className={css['signIn']}>
      <SignInCard account={account} />
    </div>
  );
}
