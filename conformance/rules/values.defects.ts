import type { Defect } from '../self-test/defect.ts';
import { asks, type MemberRow, on, rows } from '../self-test/patches.ts';

type Name = 'reference_id' | 'first_name' | 'last_name' | 'date_of_birth' | 'plan_id' | 'email' | 'phone';
type AddressName = 'address_line_1' | 'city' | 'state' | 'zipcode';

/** Replaces a field of each row before it is validated. */
const field = (name: Name, change: (value: unknown) => unknown) =>
  rows((row) => ({ ...row, [name]: change(row[name]) }));

/** The same for the address. */
const addressField = (name: AddressName, change: (value: unknown) => unknown) =>
  rows((row) =>
    typeof row.address === 'object' && row.address !== null && !Array.isArray(row.address)
      ? { ...row, address: { ...row.address, [name]: change(row.address[name]) } }
      : row,
  );

/** Changes a value that is a text. */
const text = (change: (value: string) => unknown) => (value: unknown) =>
  typeof value === 'string' ? change(value) : value;

const withoutLineBreak = text((value) => value.replace(/\n$/, ''));
const asciiDigits = text((value) =>
  value.replaceAll(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)),
);
const booleanAsText = (value: unknown) => (typeof value === 'boolean' ? String(value) : value);
const isPlainObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Invalid values of rows that a careless service accepts. */
export const valuesDefects: readonly Defect[] = [
  {
    name: 'every-fourth-year-is-leap',
    sentence: 'Every fourth year counts as a leap year, even 1900.',
    breaks: ['SYNC-11'],
    patch: () =>
      field(
        'date_of_birth',
        text((date) => date.replace('1900-02-29', '1900-02-28')),
      ),
  },
  {
    name: 'leap-day-2000-refused',
    sentence: 'No turn of a century counts as a leap year, not even 2000.',
    breaks: ['SYNC-20'],
    patch: () =>
      field(
        'date_of_birth',
        text((date) => date.replace('2000-02-29', '2001-02-29')),
      ),
  },
  {
    name: 'every-month-has-31-days',
    sentence: 'Every month has 31 days.',
    breaks: ['SYNC-11'],
    patch: () =>
      field(
        'date_of_birth',
        text((date) => date.replace('04-31', '04-30')),
      ),
  },
  {
    name: 'date-with-line-break',
    sentence: 'A line break after a birth date is accepted, as by a pattern that ends in $.',
    breaks: ['SYNC-11'],
    patch: () => field('date_of_birth', withoutLineBreak),
  },
  {
    name: 'date-trimmed',
    sentence: 'White space around a birth date is ignored.',
    breaks: ['SYNC-11'],
    patch: () =>
      field(
        'date_of_birth',
        text((date) => date.trim()),
      ),
  },
  {
    name: 'date-in-other-digits',
    sentence: 'A birth date may be written in digits that are not ASCII, as the pattern \\d takes in some languages.',
    breaks: ['SYNC-11'],
    patch: () => field('date_of_birth', asciiDigits),
  },
  {
    name: 'state-with-line-break',
    sentence: 'A line break after a state is accepted.',
    breaks: ['SYNC-11'],
    patch: () => addressField('state', withoutLineBreak),
  },
  {
    name: 'state-in-lower-case',
    sentence: 'A state may be written in lower case.',
    breaks: ['SYNC-12'],
    patch: () =>
      addressField(
        'state',
        text((state) => state.toUpperCase()),
      ),
  },
  {
    name: 'zipcode-without-hyphen',
    sentence: 'ZIP+4 may be written without its hyphen, or with a blank instead.',
    breaks: ['SYNC-12'],
    patch: () =>
      addressField(
        'zipcode',
        text((zipcode) => zipcode.replace(/^(\d{5}) ?(\d{4})$/, '$1-$2')),
      ),
  },
  {
    name: 'zipcode-with-line-break',
    sentence: 'A line break after a zipcode is accepted.',
    breaks: ['SYNC-12'],
    patch: () => addressField('zipcode', withoutLineBreak),
  },
  {
    name: 'zipcode-in-other-digits',
    sentence: 'A zipcode may be written in digits that are not ASCII.',
    breaks: ['SYNC-12'],
    patch: () => addressField('zipcode', asciiDigits),
  },
  {
    name: 'phone-in-other-digits',
    sentence: 'A phone number may be written in digits that are not ASCII.',
    breaks: ['SYNC-12'],
    patch: () => field('phone', asciiDigits),
  },
  {
    name: 'email-with-blank',
    sentence: 'Blanks in an e-mail address are accepted.',
    breaks: ['SYNC-12'],
    patch: () =>
      field(
        'email',
        text((email) => email.replaceAll(' ', '')),
      ),
  },
  {
    name: 'email-with-two-ats',
    sentence: 'An e-mail address may have two @ signs.',
    breaks: ['SYNC-12'],
    patch: () =>
      field(
        'email',
        text((email) => email.replace(/@(?=.*@)/, '.')),
      ),
  },
  {
    name: 'boolean-reference-accepted',
    sentence: 'A reference_id that is a boolean is converted to text.',
    breaks: ['SYNC-10'],
    patch: () => field('reference_id', booleanAsText),
  },
  {
    name: 'boolean-city-accepted',
    sentence: 'A city that is a boolean is converted to text.',
    breaks: ['SYNC-10'],
    patch: () => addressField('city', booleanAsText),
  },
  {
    name: 'object-plan-accepted',
    sentence: 'A plan_id that is an object is converted to text.',
    breaks: ['SYNC-10'],
    patch: () => field('plan_id', (plan) => (isPlainObject(plan) ? JSON.stringify(plan) : plan)),
  },
  {
    name: 'empty-address-accepted',
    sentence: 'An address that is an empty object is replaced by a default.',
    breaks: ['SYNC-10'],
    patch: () =>
      rows((row) => (isPlainObject(row.address) && Object.keys(row.address).length === 0 ? withAddress(row) : row)),
  },
  {
    name: 'text-as-address',
    sentence: 'An address that is a text is used as its first line.',
    breaks: ['SYNC-10'],
    patch: () => rows((row) => (typeof row.address === 'string' ? withAddress(row) : row)),
  },
  {
    name: 'row-keys-without-case',
    sentence: 'Field names of a row are read without regard to case: LAST_NAME counts as last_name.',
    breaks: ['SYNC-10'],
    patch: () =>
      rows((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key.toLowerCase(), value]))),
  },
  {
    name: 'body-in-latin-1',
    sentence: 'A body that is not UTF-8 is read as far as it can be, with characters replaced.',
    breaks: ['ERR-4 should'],
    patch: () =>
      on('createGroup', (ask, next) => next(ask.text.includes('\ufffd') ? ask.with({ text: ask.text }) : ask)),
  },
  {
    name: 'body-stripped-of-other-bytes',
    sentence: 'Characters of a name that are not valid UTF-8 are left out.',
    breaks: ['ERR-4 should'],
    patch: () =>
      asks('createGroup', ({ name, ...rest }) => ({
        ...rest,
        name: text((value) => value.replaceAll('\ufffd', ''))(name),
      })),
  },
];

const withAddress = (row: MemberRow) => ({
  ...row,
  address: { address_line_1: '1 Orchard Street', city: 'Philadelphia', state: 'PA', zipcode: '19106' },
});
