import { ROLES } from '@krate/resource-model';
import { inTurns } from './__testUtils__/inTurns';
import { Cell, cellsOf, mayEnter } from './__testUtils__/kindCells';
import { leaks, secretsOf, timeless, twinOf } from './__testUtils__/leaks';
import { Answer, send } from './__testUtils__/send';
import { CallerName, Stage, STRANGERS } from './__testUtils__/Stage';
import { useStage } from './__testUtils__/useStage';

jest.setTimeout(600_000);

/** KRATE_MATRIX=full asks everybody everything; otherwise only the stranger, who stands for whoever is outside, is. */
const FULL = process.env.KRATE_MATRIX === 'full';
const FOR_OUTSIDERS = ['get', 'list everywhere', 'create'];
const FOR_ROLES = ['get', 'list', 'list everywhere', 'create', 'patch (merge)', 'delete', 'update status'];

/** A refusal with a cause is a rule about this one object for somebody whose role is enough, unless that is for an action only. */
function isRule(text: string): boolean {
  return text.includes('"causes"') && !text.includes('FIELD_NOT_ALLOWED');
}

describe('every verb on every kind', () => {
  const staged = useStage();
  let stage: Stage;
  let cells: Cell[];

  beforeAll(() => {
    stage = staged();
    cells = cellsOf(stage.backend.controlPlane.kinds.all(), stage.home);
  });

  it.each(STRANGERS)('is refused to whoever is outside, and tells them nothing: %s', async name => {
    const asked = cells.filter(({ verb }) => FULL || name === 'stranger' || FOR_OUTSIDERS.includes(verb));
    const faults = await inTurns(asked, async cell => {
      const answer = await send(stage, stage.callers[name], cell.sent);
      const found = await faultsOf(name, cell, answer);
      return found.map(
        fault => `${cell.verb} ${cell.kind.plural}: ${answer.status} ${fault} ${answer.text.slice(0, 200)}`,
      );
    });
    expect(faults.flat()).toEqual([]);
  });

  it.each(ROLES)('is let in and refused as the kind declares it: %s', async role => {
    const asked = cells.filter(({ verb }) => FULL || FOR_ROLES.includes(verb));
    const faults = await inTurns(asked, async cell => {
      const { status, text, told } = await send(stage, stage.members[role], cell.sent);
      const letIn = status < 500 && status !== 401 && (status !== 403 || isRule(text));
      const secrets = secretsOf(stage.home).filter(value => told.includes(value));
      const wrong = letIn !== mayEnter(cell, role) || secrets.length > 0;
      return wrong ? [`${cell.verb} ${cell.kind.plural}: ${status} ${secrets} ${text.slice(0, 300)}`] : [];
    });
    expect(faults.flat()).toEqual([]);
  });

  it('leaves one audit event for each refusal, and none for what was only tried', async () => {
    const asked = cells.filter(({ verb }) => ['get', 'create', 'delete'].includes(verb)).slice(0, 60);
    const before = await deniedEvents('noa');
    const answers = await inTurns(asked, cell => send(stage, stage.callers.stranger, cell.sent));
    const refused = answers.filter(({ status }) => status === 403).length;
    expect(refused).toBeGreaterThan(50);
    expect((await deniedEvents('noa')) - before).toBe(refused);
  });

  /** How many refusals of a person the trail has. */
  async function deniedEvents(who: string): Promise<number> {
    const sent = { method: 'GET', path: `/api/krate/audit/export?who=${who}&outcome=denied` };
    const { text } = await send(stage, stage.callers.platform, sent);
    return JSON.parse(text).length;
  }

  async function faultsOf(name: CallerName, cell: Cell, answer: Answer): Promise<string[]> {
    const open = cell.needs === 'anyone' && ['stranger', 'scoped'].includes(name);
    const unexpected = open || [401, 403].includes(answer.status) ? [] : ['is let in'];
    const told = leaks(stage, name, cell.sent, answer).map(word => `tells "${word}"`);
    const twin = twinOf(stage, cell.sent);
    if (name !== 'stranger' || twin.sent.path === cell.sent.path || open) return [...unexpected, ...told];
    const other = await send(stage, stage.callers[name], twin.sent);
    const same = other.status === answer.status && timeless(twin.real(other.text)) === timeless(answer.text);
    return [...unexpected, ...told, ...(same ? [] : [`reveals existence: ${other.text.slice(0, 200)}`])];
  }
});
