// The files of an import: which were read, and why one was not.
import { useState } from 'react';
import type { FileRow } from '../../contract/rpc.gen';
import { DataGrid, TitleCell, type Column } from '../../design/DataGrid';
import { useRowHeight } from '../../design/density';
import { Icon } from '../../design/icons';
import { visible } from '../../lib/visible';
import css from './readiness.module.css';

const COLUMNS: readonly Column<FileRow>[] = [
  { key: 'read', header: 'Read', width: '84px', cell: (row) => <Read read={row.read} /> },
  { key: 'file', header: 'File', width: 'minmax(0, 1fr)', cell: (row) => <TitleCell>{row.file}</TitleCell> },
  {
    key: 'reason',
    header: 'What was found, or why not',
    width: 'minmax(0, 1fr)',
    cell: (row) => (
      <bdi className="cw-cut" style={{ display: 'block' }} title={row.reason === null ? undefined : visible(row.reason)}>
        {visible(row.reason ?? '–')}
      </bdi>
    ),
  },
];

export function Files({ files }: { files: readonly FileRow[] }) {
  const rowHeight = useRowHeight();
  const [position, setPosition] = useState(0);
  return <DataGrid<FileRow> label="Files" columns={COLUMNS} count={files.length} getRow={(at) => files[at]} keyOf={(row) => row.file} rowHeight={rowHeight} position={position} onPosition={setPosition} rowTone={(row) => (row.read ? undefined : 'dim')} />;
}

function Read({ read }: { read: boolean }) {
  return (
    <span className={`cw-row ${read ? css['ok'] : css['refused']}`} style={{ gap: 6 }}>
      <Icon name={read ? 'check' : 'close'} size={14} />
      {read ? 'Read' : 'Not read'}
    </span>
  );
}
