import { describe, expect, test } from 'vitest';
import { decodeRosterFile, readRosterFile, rosterColumns } from './roster-file.ts';

const header = 'reference_id,first_name,address.city,address.zipcode';

describe('a roster in CSV', () => {
  test.each([
    ['commas', ',', '\n', ''],
    ['semicolons, as spreadsheets of some countries write it', ';', '\r\n', '\uFEFF'],
    ['tabs, as cells copied from a spreadsheet are', '\t', '\n', ''],
  ])('with %s has the fields of the contract', async (_, comma, line, bom) => {
    const text = [header, 'emp-1,Noor,Erie,16501', 'emp-2,Ana,York,17401', ''].join(line).replaceAll(',', comma);
    expect(await readRosterFile(bom + text)).toEqual({
      members: [
        { reference_id: 'emp-1', first_name: 'Noor', address: { city: 'Erie', zipcode: '16501' } },
        { reference_id: 'emp-2', first_name: 'Ana', address: { city: 'York', zipcode: '17401' } },
      ],
      notes: [],
    });
  });

  test('keeps leading zeros, quoted commas and line breaks', async () => {
    const { members } = await readRosterFile(`${header}\n007,"Noor, ""Nina""\nMaria",Salem,01970`);
    expect(members).toEqual([
      { reference_id: '007', first_name: 'Noor, "Nina"\nMaria', address: { city: 'Salem', zipcode: '01970' } },
    ]);
  });

  test('leaves out empty cells and empty lines', async () => {
    const { members } = await readRosterFile(`${header}\nemp-1,Noor,,\n,,,\n\nemp-2,Ana,,17401\n`);
    expect(members).toEqual([
      { reference_id: 'emp-1', first_name: 'Noor' },
      { reference_id: 'emp-2', first_name: 'Ana', address: { zipcode: '17401' } },
    ]);
  });

  test('with only the header is an empty roster', async () => {
    expect((await readRosterFile(`${header}\n`)).members).toEqual([]);
  });

  test('points out unknown columns and blanks at the ends, and sends the text as it is', async () => {
    const { members, notes } = await readRosterFile('reference_id,zip,colour\n emp-1,16501,red\n');
    expect(members).toEqual([{ reference_id: ' emp-1' }]);
    expect(notes).toEqual([
      'column "zip": unknown, ignored; did you mean address.zipcode?',
      'column "colour": unknown, ignored',
      'members[0].reference_id: " emp-1" begins or ends with blanks, which are sent',
    ]);
  });

  test.each([
    ['a row with too many cells', `${header}\nemp-1,Noor,Erie,16501,more`, 'members[0] of the CSV cannot be read'],
    ['a row with too few cells', `${header}\na,b,c,d\nemp-1,Noor`, 'members[1] of the CSV cannot be read'],
    ['an open quote', `${header}\nemp-1,"Noor`, 'cannot be read'],
    ['no known column', 'name,surname\nNoor,Castellan', 'got "name,surname"'],
    ['nothing', '', 'got ""'],
  ])('with %s is refused', async (_, text, message) => {
    await expect(readRosterFile(text)).rejects.toThrow(message);
  });

  test('has a column for each field of a row', () => {
    expect(rosterColumns).toEqual(
      expect.arrayContaining(['reference_id', 'plan_id', 'date_of_birth', 'address.address_line_2']),
    );
  });
});

test('a file that is not UTF-8 is refused, because its names would be broken', () => {
  expect(() => decodeRosterFile(Buffer.from('Gr\u00e4y', 'latin1'), 'roster.csv')).toThrow(
    'save roster.csv as CSV UTF-8',
  );
  expect(decodeRosterFile(Buffer.from('Gr\u00e4y'), 'roster.csv')).toBe('Gr\u00e4y');
});

describe('a roster in JSON', () => {
  const row = { reference_id: 'emp-1', address: { zipcode: '01970' } };

  test.each([
    ['the body of a sync', { members: [row] }],
    ['a list of rows', [row]],
  ])('can be %s', async (_, roster) => {
    expect(await readRosterFile(` \n${JSON.stringify(roster)}`)).toEqual({ members: [row], notes: [] });
  });

  test.each([
    ['cut off', '{"members": [', 'is not valid JSON'],
    ['another object', '{"rows": []}', '"members"'],
  ])('that is %s is refused', async (_, text, message) => {
    await expect(readRosterFile(text)).rejects.toThrow(message);
  });
});
