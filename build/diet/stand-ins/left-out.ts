/** What a cancel never reaches: calling it is a bug of ours, and says so instead of doing half of something. */
function leftOut(what: string): new (...args: readonly unknown[]) => never {
  // A function declaration, because the SDK calls some of these with `new` and some without.
  function leftOutOfTheBundle(): never {
    throw new Error(`${what} is left out of this bundle: see build/diet/table.ts`);
  }
  return leftOutOfTheBundle as unknown as new () => never;
}

export const DefaultHttpClient = leftOut('DefaultHttpClient');
export const IamService = leftOut('IamService');
export const AuthCache = { instance: leftOut('AuthCache') };
export const DerivedAKSKSigner = { sign: leftOut('DerivedAKSKSigner') };
export const readFileSync = leftOut('fs.readFileSync');
