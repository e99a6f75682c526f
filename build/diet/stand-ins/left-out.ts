/** The SDK calls some of these as functions and some with `new`. */
interface LeftOut {
  (...parts: readonly unknown[]): never;
  new (...parts: readonly unknown[]): never;
}

/** For what a cancel never reaches: being called after all is a bug of ours, and it says so rather than do half of it. */
function leftOut(what: string): LeftOut {
  function leftOutOfTheBundle(): never {
    throw new Error(`${what} is left out of this bundle: see build/diet/table.ts`);
  }
  return leftOutOfTheBundle as unknown as LeftOut;
}

export const DefaultHttpClient = leftOut('DefaultHttpClient');
export const IamService = leftOut('IamService');
export const AuthCache = { instance: leftOut('AuthCache') };
export const DerivedAKSKSigner = { sign: leftOut('DerivedAKSKSigner') };
export const readFileSync = leftOut('fs.readFileSync');
