/** The server's rules for passwords: length counts, in code points of the composed text. */
export const SHORTEST_PASSWORD = 8;
export const LONGEST_PASSWORD = 128;

export const lengthOf = (text: string) => [...text.normalize("NFC")].length;

/** 0: not enough yet; 1 to 3: good enough, better, best. Only length counts. */
export function strengthOf(password: string): 0 | 1 | 2 | 3 {
  const length = lengthOf(password);
  if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) return 0;
  return length < 12 ? 1 : length < 16 ? 2 : 3;
}

/** As the server reads names. */
export const isUsername = (name: string) => /^[A-Za-z0-9_.-]{3,30}$/.test(name);

/** Something on both sides of one @, and a dot behind it. The server looks closer. */
export const isEmail = (address: string) => /^[^\s@,<>"]{1,64}@[^\s@]+\.[^\s@.]+$/.test(address);

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
export const hasControls = (text: string) => /[\u0000-\u001f\u007f-\u009f]/.test(text);

const ADULT = 18;

/** Whether the 18th birthday has come. */
export function isAdult(birthDate: string, now = new Date()): boolean {
  const [year = 0, month = 0, day = 0] = birthDate.split("-").map(Number);
  return new Date(year + ADULT, month - 1, day) <= now;
}
