// The rail: rooms that work, with work that waits.
import { CountBadge } from '../design/Chip';
import { Icon } from '../design/icons';
import { hrefOf, type RoomId } from '../lib/place';
import css from './Frame.module.css';
import { usePreferences } from './preferences';
import { rooms, type Room } from './rooms';

export function Rail({ current }: { current: RoomId | undefined }) {
  const { narrowRail, setNarrowRail } = usePreferences();
  const words = narrowRail ? 'Show names of screens' : 'Show icons only';
  return (
    <nav className={css['rail']} aria-label="Screens" data-region="rail" tabIndex={-1}>
      {rooms.filter((room) => room.rail === 'top').map((room) => <RailLink key={room.id} room={room} current={room.id === current} />)}
      <div className={css['gap']} />
      {rooms.filter((room) => room.rail === 'bottom').map((room) => <RailLink key={room.id} room={room} current={room.id === current} />)}
      <button type="button" className={css['fold']} aria-label={words} title={words} onClick={() => setNarrowRail(!narrowRail)}>
        <Icon name={narrowRail ? 'chevronRight' : 'chevronLeft'} size={18} />
      </button>
    </nav>
  );
}

function RailLink({ room, current }: { room: Room; current: boolean }) {
  const keys = room.digit ? `${room.title}  Ctrl+${room.digit}` : room.title;
  return (
    <a href={hrefOf({ room: room.id })} title={keys} aria-current={current ? 'page' : undefined}>
      <Icon name={room.icon} size={18} />
      <span className={css['words']}>{room.title}</span>
      {room.useBadge ? <RailBadge useBadge={room.useBadge} /> : null}
    </a>
  );
}

function RailBadge({ useBadge }: { useBadge: NonNullable<Room['useBadge']> }) {
  const badge = useBadge();
  if (!badge || badge.count === 0) return null;
  return (
    <span className={css['badge']}>
      <CountBadge count={badge.count} hot={badge.hot} words={badge.words} />
    </span>
  );
}
