import { Line } from '../story/Transcript';
import { judge } from './judge';
import { KNOWN_DIFFERENCES } from './knownDifferences';
import { readGolden } from './golden';
import { CHAPTERS } from '../story/chapters';

const line = (step: string, status: number, body: unknown = {}): Line => ({
  step,
  call: 'GET /',
  status,
  body,
});
const known = { paths: /^body\.message$/, why: 'words', source: 'words' };

describe('judge', () => {
  it.each([
    { reason: 'the same', krate: line('a', 200, { x: 1 }), unexplained: 0 },
    { reason: 'another value', krate: line('a', 200, { x: 2 }), unexplained: 1 },
    { reason: 'something missing', krate: line('a', 200, {}), unexplained: 1 },
    { reason: 'something more', krate: line('a', 200, { x: 1, y: 2 }), unexplained: 1 },
    { reason: 'another status', krate: line('a', 201, { x: 1 }), unexplained: 1 },
    { reason: 'a list where an object was', krate: line('a', 200, [1]), unexplained: 1 },
    { reason: 'another step', krate: line('b', 200, { x: 1 }), unexplained: 3 },
  ])('$reason: $unexplained unexplained', ({ krate, unexplained }) => {
    expect(judge([line('a', 200, { x: 1 })], [krate], []).unexplained).toHaveLength(unexplained);
  });

  const real = [line('a', 500, { message: 'one', code: 1 })];
  it('takes what is explained, and nothing beside it', () => {
    const krate = [line('a', 500, { message: 'two', code: 2 })];
    const { unexplained } = judge(real, krate, [{ ...known, steps: ['a'] }]);
    expect(unexplained).toEqual([{ step: 'a', path: 'body.code', real: 1, krate: 2 }]);
  });

  it('holds an explanation to its status', () => {
    const entry = { ...known, steps: ['a'], status: 422 };
    const told = (status: number) => [line('a', status, { message: 'two', code: 1 })];
    expect(judge(real, told(422), [entry])).toEqual({ unexplained: [], surprising: [], outdated: [] });
    expect(judge(real, told(400), [entry]).surprising).toEqual(['a: 400, not 422']);
  });

  it('tells an explanation that is not needed any more', () => {
    expect(judge(real, real, [{ ...known, steps: ['a', 'of another chapter'] }]).outdated).toEqual(['a']);
  });
});

it('explains steps that are told, each of one name', () => {
  const told = Object.keys(CHAPTERS).flatMap(chapter => readGolden(chapter).map(({ step }) => step));
  const explained = KNOWN_DIFFERENCES.flatMap(({ steps }) => steps);
  expect(explained.filter(step => told.filter(each => each === step).length !== 1)).toEqual([]);
});
