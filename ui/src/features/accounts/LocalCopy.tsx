// The open tenant's local copy: its size, how long it keeps what is closed, whether it is sound.
import { Button, Field, Select } from '@fluentui/react-components';
import { useLatestJob } from '../../contract/jobs';
import { useAct, useRpc } from '../../contract/rpc';
import type { Cache } from '../../contract/rpc.gen';
import { Facts, Section } from '../../design/Screen';
import { Time } from '../../design/Time';
import { bytesInWords } from '../../lib/bytes';
import css from './accounts.module.css';

const FOR_GOOD = 'good';
/** In days; what was set by hand is offered too. */
const CHOICES = [30, 90, 180, 365, 730];

export function LocalCopy() {
  const { data } = useRpc('cache_get', {});
  const tidy = useAct('cache_tidy');
  const job = useLatestJob('cache_tidy');
  if (data === undefined) return null;
  const busy = tidy.isPending || job?.state === 'running';
  return (
    <Section title="Local copy" note="Encrypted. What is forgotten here stays with Microsoft.">
      <Facts
        facts={[
          ['Incidents', data.rows.toLocaleString('en')],
          ['On disk', `${bytesInWords(data.bytes)}, ${bytesInWords(data.free)} of it free`],
          ['Found sound', <Time key="sound" at={data.sound_at} form="full" />],
        ]}
      />
      <div className={css['stack']}>
        <Retention cache={data} />
        <div>
          <Button disabled={busy} onClick={() => tidy.mutate({})}>
            {busy ? 'Checking' : 'Check and compact'}
          </Button>
        </div>
      </div>
    </Section>
  );
}

function Retention({ cache }: { cache: Cache }) {
  const retain = useAct('cache_retain');
  const days = cache.retention_days;
  const choices = days === null || CHOICES.includes(days) ? CHOICES : [...CHOICES, days].sort((a, b) => a - b);
  return (
    <Field label="Keep closed incidents" hint="Counted from their last change, applied by the next sync. Merged incidents always stay.">
      <Select className={css['choose'] ?? ''} value={days === null ? FOR_GOOD : String(days)} disabled={retain.isPending} onChange={(_, { value }) => retain.mutate({ days: value === FOR_GOOD ? null : Number(value) })}>
        <option value={FOR_GOOD}>For good</option>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {`For ${choice} days`}
          </option>
        ))}
      </Select>
    </Field>
  );
}
