// What is wanted of one or many incidents. A field that is left alone stays as it is.
import { Checkbox, Field, Input, Select, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { ChangeWish } from '../../../contract/rpc.gen';
import css from './change.module.css';
import { CLASSIFICATIONS, determinationsOf, reasonsOf, SEVERITIES, STATUSES, tagsOf, type Option } from './words';

export type Part = 'status' | 'owner' | 'severity' | 'tags' | 'comment';
export const ALL_PARTS: readonly Part[] = ['status', 'owner', 'severity', 'tags', 'comment'];

export interface WishFormProps {
  wish: ChangeWish;
  onWish: (wish: ChangeWish) => void;
  parts: readonly Part[];
}

export function WishForm({ wish, onWish, parts }: WishFormProps) {
  const set = (change: Partial<ChangeWish>) => onWish({ ...wish, ...change });
  const has = (part: Part) => parts.includes(part);
  return (
    <div className={css['form']}>
      {has('status') ? <Choice label="Status" options={STATUSES} value={wish.status} onChange={(status) => set({ status })} /> : null}
      {has('severity') ? <Choice label="Severity" options={SEVERITIES} value={wish.severity} onChange={(severity) => set({ severity })} /> : null}
      {has('status') ? <Verdict wish={wish} set={set} /> : null}
      {has('owner') ? <Owner wish={wish} set={set} /> : null}
      {has('tags') ? <Tags wish={wish} set={set} /> : null}
      {has('comment') ? (
        <Field label="Comment" hint="A comment stays: it can't be taken back." className={css['wide'] ?? ''}>
          <Textarea value={wish.comment ?? ''} rows={3} onChange={(_, { value }) => set({ comment: value === '' ? null : value })} />
        </Field>
      ) : null}
    </div>
  );
}

interface PartProps {
  wish: ChangeWish;
  set: (change: Partial<ChangeWish>) => void;
}

function Verdict({ wish, set }: PartProps) {
  const determinations = determinationsOf(wish.classification);
  const reasons = reasonsOf(wish.classification);
  return (
    <>
      <Choice label="Classification" options={CLASSIFICATIONS} value={wish.classification} onChange={(classification) => set({ classification, determination: null, reason: null })} />
      {determinations.length > 0 ? <Choice label="Determination, in Defender" options={determinations} value={wish.determination} onChange={(determination) => set({ determination })} /> : null}
      {reasons.length > 0 ? <Choice label="Reason, in Sentinel" options={reasons} value={wish.reason} onChange={(reason) => set({ reason })} /> : null}
    </>
  );
}

function Choice({ label, options, value, onChange }: { label: string; options: readonly Option[]; value: string | null; onChange: (value: string | null) => void }) {
  return (
    <Field label={label}>
      <Select value={value ?? ''} onChange={(_, chosen) => onChange(chosen.value === '' ? null : chosen.value)}>
        <option value="">Leave as it is</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function Owner({ wish, set }: PartProps) {
  const nobody = wish.owner === '';
  return (
    <div className={css['wide']}>
      <Field label="Owner" hint="User principal name, such as lena.vogt@contoso.com.">
        <Input value={wish.owner ?? ''} disabled={nobody} autoComplete="off" spellCheck={false} onChange={(_, { value }) => set({ owner: value === '' ? null : value })} />
      </Field>
      <Checkbox label="Nobody" checked={nobody} onChange={(_, { checked }) => set({ owner: checked === true ? '' : null })} />
    </div>
  );
}

function Tags({ wish, set }: PartProps) {
  const [adding, setAdding] = useState(wish.add_tags.join(', '));
  const [removing, setRemoving] = useState(wish.remove_tags.join(', '));
  return (
    <>
      <Field label="Add tags" hint="Parted by commas.">
        <Input
          value={adding}
          onChange={(_, { value }) => {
            setAdding(value);
            set({ add_tags: tagsOf(value) });
          }}
        />
      </Field>
      <Field label="Remove tags" hint="Those that are not there are left out.">
        <Input
          value={removing}
          onChange={(_, { value }) => {
            setRemoving(value);
            set({ remove_tags: tagsOf(value) });
          }}
        />
      </Field>
    </>
  );
}
