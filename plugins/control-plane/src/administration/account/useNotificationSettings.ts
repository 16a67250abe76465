import { discoveryApiRef, fetchApiRef, useApi } from '@backstage/core-plugin-api';
import { useCallback, useEffect, useState } from 'react';

export interface TopicSetting {
  id: string;
  enabled: boolean;
}

export interface OriginSetting extends TopicSetting {
  topics?: TopicSetting[];
}

/** The preferences of a person, as Backstage's notifications keep and honour them: by channel, origin and topic. */
export interface NotificationSettings {
  channels: { id: string; enabled?: boolean; origins: OriginSetting[] }[];
}

/** Where one preference stands. */
export interface Place {
  channel: string;
  origin: string;
  topic?: string;
}

export function useNotificationSettings(): {
  settings?: NotificationSettings;
  error?: Error;
  set(place: Place, enabled: boolean): Promise<void>;
  reload(): void;
} {
  const discovery = useApi(discoveryApiRef);
  const { fetch } = useApi(fetchApiRef);
  const [state, setState] = useState<{ settings?: NotificationSettings; error?: Error }>({});
  const send = useCallback(
    async (init?: RequestInit): Promise<NotificationSettings> => {
      const response = await fetch(`${await discovery.getBaseUrl('notifications')}/settings`, init);
      if (response.ok) return response.json();
      throw new Error(`The server answered ${response.status} ${response.statusText}`);
    },
    [discovery, fetch],
  );
  const load = useCallback(
    () =>
      send().then(
        settings => setState({ settings }),
        error => setState(known => ({ ...known, error })),
      ),
    [send],
  );
  useEffect(() => void load(), [load]);

  const set = async (place: Place, enabled: boolean) => {
    const before = state.settings!;
    const next = withPreference(before, place, enabled);
    setState({ settings: next });
    try {
      await send({
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(next),
      });
    } catch (error) {
      setState({ settings: before, error: error as Error });
    }
  };
  return { ...state, set, reload: () => void load() };
}

/** The settings with one preference changed; turning an origin turns its topics with it. */
export function withPreference(
  settings: NotificationSettings,
  { channel, origin, topic }: Place,
  enabled: boolean,
): NotificationSettings {
  const changed = (entry: OriginSetting): OriginSetting =>
    topic === undefined
      ? { ...entry, enabled, topics: entry.topics?.map(each => ({ ...each, enabled })) }
      : {
          ...entry,
          enabled: entry.enabled || enabled,
          topics: entry.topics?.map(each => (each.id === topic ? { ...each, enabled } : each)),
        };
  return {
    channels: settings.channels.map(each =>
      each.id === channel
        ? { ...each, origins: each.origins.map(entry => (entry.id === origin ? changed(entry) : entry)) }
        : each,
    ),
  };
}
