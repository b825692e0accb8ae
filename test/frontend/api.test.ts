import { ApiError, call, lines, onRoleRefused, onSessionEnd } from '../../frontend/src/api.ts';

const asked: { url: string; init: RequestInit }[] = [];
let answers: (() => Response)[];

beforeEach(() => {
  asked.length = 0;
  answers = [];
  Object.assign(globalThis, { location: { origin: 'http://localhost' } });
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init = {}) => {
    asked.push({ url: String(url), init });
    const answer = answers.shift();
    if (!answer) throw new TypeError('Failed to fetch');
    return answer();
  });
});
afterEach(() => {
  onSessionEnd(undefined);
  jest.restoreAllMocks();
  Reflect.deleteProperty(globalThis, 'location');
});

const json = (body: unknown, status = 200) => Response.json(body, { status });
const ended = () => json({ code: 'SESSION_EXPIRED', message: 'This session has ended.', requestId: 'r' }, 401);
const stream = (...pieces: (string | Error)[]) =>
  new Response(
    new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces.shift();
        if (piece === undefined) controller.close();
        else if (typeof piece === 'string') controller.enqueue(new TextEncoder().encode(piece));
        else controller.error(piece);
      },
    }),
  );
const RUN = { body: { connection: 'c', statement: 'select 1' } };

/** The lines that arrived, and the code of the error that ended them. */
async function read(signal?: AbortSignal): Promise<{ texts: string[]; code?: string; error?: unknown }> {
  const texts: string[] = [];
  try {
    for await (const line of lines('query', RUN, signal)) texts.push(new TextDecoder().decode(line));
    return { texts };
  } catch (error) {
    return { texts, ...(error instanceof ApiError ? { code: error.code } : {}), error };
  }
}

describe('a call', () => {
  it('puts what its path names into the path, as a part of it', async () => {
    answers.push(() => json({}));
    await call('automation', { params: { id: 'a/b' } });
    expect(asked[0]).toMatchObject({ url: 'http://localhost/api/automations/a%2Fb', init: { method: 'GET' } });
  });

  it('tells whoever shows the role that it was not enough', async () => {
    const told = jest.fn();
    onRoleRefused(told);
    answers = [() => json({ code: 'ROLE_REQUIRED', message: 'No.', requestId: 'r' }, 403), () => json({ nodes: [] })];
    const children = () => call('children', { body: { connection: 'c', path: [] } });
    await expect(children()).rejects.toMatchObject({ code: 'ROLE_REQUIRED' });
    await children();
    expect(told).toHaveBeenCalledTimes(1);
    onRoleRefused(undefined);
  });

  it('carries its body, the proof of its origin, and the cookies of this origin only', async () => {
    answers = [() => json({ nodes: [] })];
    expect(await call('children', { body: { connection: 'c', path: [] } })).toEqual({ nodes: [] });
    expect(asked[0]).toMatchObject({
      url: 'http://localhost/api/objects/children',
      init: { method: 'POST', credentials: 'same-origin', headers: { 'x-lodge-request': '1' } },
    });
    expect(asked[0]?.init.body).toBe('{"connection":"c","path":[]}');
  });

  it('has nothing to read where the answer is empty', async () => {
    answers = [() => new Response(null, { status: 204 })];
    expect(await call('signOut', {})).toBeUndefined();
  });

  it('says what the server refused, with its details', async () => {
    const details = { fields: [{ path: 'body.name', message: 'is empty' }] };
    answers = [() => json({ code: 'INPUT_INVALID', message: 'Not valid.', requestId: 'r1', details }, 400)];
    const refusal = call('claim', { body: { name: '', regions: [] } });
    await expect(refusal).rejects.toMatchObject({ code: 'INPUT_INVALID', requestId: 'r1', details });
  });

  it('says the status of an answer that does not say why', async () => {
    answers = [() => new Response('<html>Bad gateway</html>', { status: 502 })];
    await expect(call('instance', {})).rejects.toMatchObject({ code: 'UNEXPECTED', message: /502/ });
  });

  it('says that Lodge is out of reach where no answer came', async () => {
    await expect(call('instance', {})).rejects.toMatchObject({ code: 'NETWORK' });
  });

  it('asks for keys when the session has ended, and is made once more', async () => {
    const signInAgain = jest.fn(async () => undefined);
    onSessionEnd(signInAgain);
    answers = [ended, () => json({ nodes: [] })];
    expect(await call('children', { body: { connection: 'c', path: [] } })).toEqual({ nodes: [] });
    expect(signInAgain).toHaveBeenCalledTimes(1);
    expect(asked).toHaveLength(2);
  });

  it('is not made for ever: a second refusal is the answer', async () => {
    onSessionEnd(async () => undefined);
    answers = [ended, ended];
    await expect(call('whoAmI', {})).rejects.toMatchObject({ code: 'SESSION_EXPIRED' });
    expect(asked).toHaveLength(2);
  });
});

describe('a stream', () => {
  it('is read line by line, wherever it was cut into pieces', async () => {
    answers = [() => stream('{"a":1}\n{"b"', ':2}', '\n\n{"c":"ü"}\n')];
    expect(await read()).toEqual({ texts: ['{"a":1}', '{"b":2}', '{"c":"ü"}'] });
  });

  it('that ends within a line was cut', async () => {
    answers = [() => stream('{"a":1}\n{"b"')];
    expect(await read()).toMatchObject({ texts: ['{"a":1}'], code: 'STREAM_CUT' });
  });

  it('whose connection breaks was cut, and what had arrived is kept', async () => {
    answers = [() => stream('{"a":1}\n', new TypeError('network error'))];
    expect(await read()).toMatchObject({ texts: ['{"a":1}'], code: 'STREAM_CUT' });
  });

  it('that somebody gave up ends with the reason for that', async () => {
    const reason = new Error('given up');
    const giveUp = new AbortController();
    answers = [
      () => {
        giveUp.abort(reason);
        return stream(new TypeError('aborted'));
      },
    ];
    expect((await read(giveUp.signal)).error).toBe(reason);
  });
});
