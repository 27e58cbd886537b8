// The words of a change: what can be chosen. Which values an API takes is the core's to say.
import type { ChangeWish } from '../../../contract/rpc.gen';

export interface Option {
  value: string;
  label: string;
}

export const STATUSES: readonly Option[] = [
  { value: 'new', label: 'New' },
  { value: 'active', label: 'Active' },
  { value: 'in_progress', label: 'In progress' },
  { value: 'awaiting_action', label: 'Awaiting action' },
  { value: 'closed', label: 'Closed' },
];

export const SEVERITIES: readonly Option[] = [
  { value: 'high', label: 'High' },
  { value: 'medium', label: 'Medium' },
  { value: 'low', label: 'Low' },
  { value: 'informational', label: 'Informational' },
];

export const CLASSIFICATIONS: readonly Option[] = [
  { value: 'Undetermined', label: 'Undetermined' },
  { value: 'TruePositive', label: 'True positive' },
  { value: 'BenignPositive', label: 'Benign positive' },
  { value: 'FalsePositive', label: 'False positive' },
];

/** Defender's determinations by the classification that its portal shows them under. */
const DETERMINATIONS: Record<string, readonly Option[]> = {
  TruePositive: [
    { value: 'multiStagedAttack', label: 'Multi-staged attack' },
    { value: 'maliciousUserActivity', label: 'Malicious user activity' },
    { value: 'compromisedAccount', label: 'Compromised account' },
    { value: 'malware', label: 'Malware' },
    { value: 'phishing', label: 'Phishing' },
    { value: 'unwantedSoftware', label: 'Unwanted software' },
    { value: 'other', label: 'Other' },
  ],
  BenignPositive: [
    { value: 'securityTesting', label: 'Security test' },
    { value: 'lineOfBusinessApplication', label: 'Line-of-business application' },
    { value: 'confirmedActivity', label: 'Confirmed activity' },
    { value: 'other', label: 'Other' },
  ],
  FalsePositive: [
    { value: 'notMalicious', label: 'Not malicious' },
    { value: 'notEnoughDataToValidate', label: 'Not enough data to validate' },
    { value: 'other', label: 'Other' },
  ],
};

export function determinationsOf(classification: string | null): readonly Option[] {
  return DETERMINATIONS[classification ?? ''] ?? [];
}

/** Sentinel's reasons, where there is something to choose. */
export function reasonsOf(classification: string | null): readonly Option[] {
  if (classification !== 'FalsePositive') return [];
  return [
    { value: 'IncorrectAlertLogic', label: 'Incorrect alert logic' },
    { value: 'InaccurateData', label: 'Inaccurate data' },
  ];
}

export const NOTHING: ChangeWish = { status: null, owner: null, severity: null, classification: null, determination: null, reason: null, comment: null, add_tags: [], remove_tags: [] };

export function wishesSomething(wish: ChangeWish): boolean {
  const { add_tags, remove_tags, comment, ...rest } = wish;
  return add_tags.length > 0 || remove_tags.length > 0 || (comment ?? '').trim() !== '' || Object.values(rest).some((value) => value !== null);
}

/** What was typed as tags: parted by commas. */
export function tagsOf(text: string): string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
}
