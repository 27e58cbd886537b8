// The key sheet: every key of the app, and the switch for single letters.
import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Switch } from '@fluentui/react-components';
import { Keys } from '../design/Chip';
import css from './Frame.module.css';
import { usePreferences } from './preferences';
import { rooms } from './rooms';

const SHEET: readonly (readonly [readonly string[], string])[] = [
  [['Ctrl', 'K'], 'Command palette'],
  [['F6'], 'Next region: rail, toolbar, list, panel, status bar'],
  [['/'], 'Search'],
  [['j', 'k'], 'Next and previous row'],
  [['↑', '↓'], 'Next and previous row'],
  [['Enter'], 'Open the row in the panel'],
  [['Space'], 'Select the row'],
  [['Shift', '↓'], 'Select a range'],
  [['Ctrl', 'A'], 'Select every row of the list'],
  [['Esc'], 'Back one step'],
  [['Shift', '← →'], 'At a column head: narrower, wider'],
  [['Ctrl', 'Shift', '← →'], 'At a column head: move it left, right'],
  [['Ctrl', 'E'], 'Export the incidents on screen'],
  [['Ctrl', 'R'], 'Read what changed since the last sync'],
  [['Alt', '←'], 'Back'],
  [['Alt', '→'], 'Forward'],
  [['?'], 'This sheet'],
];

export function KeySheet({ onClose }: { onClose: () => void }) {
  const { letters, setLetters } = usePreferences();
  const jumps = rooms.flatMap((room) => (room.letter ? [[['g', room.letter], room.title] as const] : []));
  return (
    <Dialog open onOpenChange={(_, { open }) => (open ? undefined : onClose())}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Keys</DialogTitle>
          <DialogContent>
            <dl className={css['keys']}>
              {[...SHEET, ...jumps].map(([keys, words]) => (
                <KeyLine key={keys.join('+')} keys={keys} words={words} />
              ))}
            </dl>
            <Switch label="Single letters act as keys" checked={letters} onChange={(_, { checked }) => setLetters(checked)} />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              Close
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function KeyLine({ keys, words }: { keys: readonly string[]; words: string }) {
  return (
    <>
      <dt>
        <Keys keys={keys} />
      </dt>
      <dd>{words}</dd>
    </>
  );
}
