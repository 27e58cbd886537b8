// Theme, density, zone and single-letter keys: choices of the person, kept on this machine, applied to the page.
import { FluentProvider } from '@fluentui/react-components';
import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import { DensityContext } from '../design/density';
import { readKept, useKept } from '../design/kept';
import { SingleKeys } from '../design/single-keys';
import { applyTheme, fluentTheme, systemGround, type Density, type Ground, type ThemeChoice } from '../design/theme';
import { ZoneContext } from '../design/Time';
import type { Zone } from '../lib/time';

export interface Preferences {
  theme: ThemeChoice;
  setTheme: (theme: ThemeChoice) => void;
  density: Density;
  setDensity: (density: Density) => void;
  zone: Zone;
  setZone: (zone: Zone) => void;
  letters: boolean;
  setLetters: (on: boolean) => void;
  /** The rail shows icons only. */
  narrowRail: boolean;
  setNarrowRail: (narrow: boolean) => void;
}

const PreferencesContext = createContext<Preferences | undefined>(undefined);

export function usePreferences(): Preferences {
  const preferences = use(PreferencesContext);
  if (!preferences) throw new Error('PreferencesProvider is missing around this component.');
  return preferences;
}

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [theme, setTheme] = useKept<ThemeChoice>('theme', 'system');
  const [density, setDensity] = useKept<Density>('density', 'compact');
  const [zone, setZone] = useKept<Zone>('zone', 'utc');
  const [letters, setLetters] = useKept('letters', true);
  const [narrowRail, setNarrowRail] = useKept('rail.narrow', false);
  const ground = useGround(theme);
  useEffect(() => applyTheme(ground, density), [ground, density]);
  const value = { theme, setTheme, density, setDensity, zone, setZone, letters, setLetters, narrowRail, setNarrowRail };
  return (
    <PreferencesContext value={value}>
      <DensityContext value={density}>
        <ZoneContext value={zone}>
          <SingleKeys value={letters}>
            <FluentProvider theme={fluentTheme(ground)}>{children}</FluentProvider>
          </SingleKeys>
        </ZoneContext>
      </DensityContext>
    </PreferencesContext>
  );
}

/** The kept choices, applied before React draws anything. */
export function applyKept(): void {
  const theme = readKept<ThemeChoice>('theme', 'system');
  applyTheme(theme === 'system' ? systemGround() : theme, readKept<Density>('density', 'compact'));
}

/** The ground to draw on; `system` follows the system while the app runs. */
function useGround(choice: ThemeChoice): Ground {
  const [system, setSystem] = useState(systemGround);
  useEffect(() => {
    const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map((query) => matchMedia(query));
    const follow = () => setSystem(systemGround());
    for (const query of queries) query.addEventListener('change', follow);
    return () => queries.forEach((query) => query.removeEventListener('change', follow));
  }, []);
  return choice === 'system' ? system : choice;
}
