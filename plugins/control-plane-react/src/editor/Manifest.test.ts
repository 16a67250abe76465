import { fieldOf, locate } from './fieldLocation';
import { Manifest } from './Manifest';

const TEXT = `# Who looks after this
kind: Widget
metadata:
  name: one
spec:
  color: red # as the door
  parts:
    - name: "wheel"
      count: 4
`;

describe('Manifest', () => {
  it('changes a field and leaves comments, order and quotes alone', () => {
    expect(new Manifest(TEXT).with(['spec', 'color'], 'blue')).toBe(TEXT.replace('red', 'blue'));
    expect(new Manifest(TEXT).with(['spec', 'parts', 0, 'count'], 5)).toBe(TEXT.replace('4', '5'));
  });

  it.each([
    { reason: 'a field', path: ['spec', 'size'], value: 3, want: '  size: 3\n' },
    {
      reason: 'a field of an object that is not there yet',
      path: ['spec', 'a', 'b'],
      value: true,
      want: '  a:\n    b: true\n',
    },
    { reason: 'an item', path: ['spec', 'parts', 1], value: { name: 'seat' }, want: '    - name: seat\n' },
  ])('adds $reason', ({ path, value, want }) => {
    expect(new Manifest(TEXT).with(path, value)).toBe(TEXT + want);
  });

  it('gives a key without a value its first field', () => {
    expect(new Manifest('spec:\n').with(['spec', 'color'], 'red')).toBe('spec:\n  color: red\n');
    expect(new Manifest('').with(['spec', 'color'], 'red')).toBe('spec:\n  color: red\n');
  });

  it('takes a field out, with what it leaves empty', () => {
    const text = new Manifest(TEXT).with(['spec', 'parts', 0], undefined);
    expect(text).not.toContain('parts');
    expect(new Manifest('spec:\n  color: red\n').with(['spec', 'color'], undefined)).toBe('spec: {}\n');
  });

  it('says what is wrong with a text and where, and does not touch it', () => {
    const broken = new Manifest('spec:\n  a: [1\nb: 2\n');
    expect(broken.faults.length).toBeGreaterThan(0);
    expect(broken.with(['spec'], {})).toBe(broken.text);
    expect(new Manifest('just words').faults[0].message).toMatch(/object/);
  });

  it.each([
    { reason: 'a value', path: ['spec', 'color'], want: 'red' },
    {
      reason: 'a missing field: the key it should be under',
      path: ['spec', 'parts', 0, 'color'],
      want: 'parts',
    },
    { reason: 'a missing part: the beginning', path: ['status'], want: '#' },
  ])('knows where is $reason', ({ path, want }) => {
    const { from, to } = new Manifest(TEXT).rangeOf(path);
    expect(TEXT.slice(from, to)).toBe(want);
  });
});

describe('locate', () => {
  it.each([
    { field: 'spec.parts[0].count', want: ['spec', 'parts', 0, 'count'] },
    { field: 'metadata.labels.krate.a5c.ai/org', want: ['metadata', 'labels', 'krate.a5c.ai/org'] },
    { field: 'spec.matrix[1][2]', want: ['spec', 'matrix', 1, 2] },
    { field: '', want: [] },
  ])('$field', ({ field, want }) => {
    const value = { metadata: { labels: { 'krate.a5c.ai/org': 'x' } } };
    expect(locate(value, field)).toEqual(want);
    expect(fieldOf(want)).toBe(field);
  });
});
