/** As much of asl-validator as is used here: it ships no types. */
declare module 'asl-validator' {
  interface Validation {
    readonly isValid: boolean;
    errorsText(separator?: string): string;
  }
  /** Writes into the definition that it is handed. */
  export default function validate(
    definition: object,
    options?: { checkPaths: boolean; checkArn: boolean },
  ): Validation;
}
