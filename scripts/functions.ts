/** The functions: the files in `functions/`, and the folders in `dist/`. */
export const FUNCTIONS = ['cancel-http', 'cancel-superseded'] as const;

export type FunctionName = (typeof FUNCTIONS)[number];
