import { StoreEvent } from '../ResourceStore';
import { RecentEvents } from './RecentEvents';

const event = (revision: number, json = ''): StoreEvent => ({
  type: 'ADDED',
  revision,
  object: { group: '', resource: 'widgets', namespace: '', name: 'a', uid: 'u', revision, json },
});
const revisions = (events?: StoreEvent[]) => events?.map(({ revision }) => revision);

describe('RecentEvents', () => {
  it('reaches back to where it started', () => {
    const recent = new RecentEvents(10, { events: 5, characters: 1000 });
    expect(recent.after(9, 5)).toBeUndefined();
    expect(recent.after(10, 5)).toEqual([]);
    recent.push(event(11));
    recent.push(event(12));
    expect(revisions(recent.after(10, 5))).toEqual([11, 12]);
    expect(revisions(recent.after(10, 1))).toEqual([11]);
    expect(revisions(recent.after(12, 5))).toEqual([]);
  });

  it('forgets the oldest beyond so many events', () => {
    const recent = new RecentEvents(0, { events: 3, characters: 1000 });
    for (let revision = 1; revision <= 5000; revision += 1) recent.push(event(revision));
    expect(recent.after(4996, 9)).toBeUndefined();
    expect(revisions(recent.after(4997, 9))).toEqual([4998, 4999, 5000]);
  });

  it('forgets the oldest beyond so much text, even the newest if it alone is too much', () => {
    const recent = new RecentEvents(0, { events: 100, characters: 10 });
    recent.push(event(1, 'x'.repeat(6)));
    recent.push(event(2, 'x'.repeat(6)));
    expect(recent.after(0, 9)).toBeUndefined();
    expect(revisions(recent.after(1, 9))).toEqual([2]);

    recent.push(event(3, 'x'.repeat(11)));
    expect(recent.after(2, 9)).toBeUndefined();
    expect(revisions(recent.after(3, 9))).toEqual([]);
  });
});
