/** Characters that people put between the digits of a phone number. */
const formatting = /[\s().-]/g;

/**
 * A phone number as a lenient service reads it (§8.28): formatting characters and the leading 1 of a US number are
 * removed. Text that is not a phone number is returned unchanged.
 */
export function plainPhone(text: string): string {
  const plain = text.replace(formatting, '');
  return /^(?:\+?1)?(\d{10})$/.exec(plain)?.[1] ?? (/^\+\d+$/.test(plain) ? plain : text);
}

/** A roster with its phone numbers in plain digits; everything else stays unchanged, valid or not. */
export function withPlainPhones(roster: unknown): unknown {
  const { members } = (roster ?? {}) as { readonly members?: unknown };
  if (!Array.isArray(members)) return roster;
  const plain = members.map((row) => (typeof row?.phone === 'string' ? { ...row, phone: plainPhone(row.phone) } : row));
  return { ...(roster as object), members: plain };
}
