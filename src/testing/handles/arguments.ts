/** Checks of what is passed to a handle. Each returns plain data that can cross to the emulator's thread. */
import {
  throwRangeError,
  throwTypeError,
  validateCount,
  validateFlag,
  validateRecord,
  validateText,
} from '../../shared/base/argument.ts';
import { type Validator, validateOptions } from '../../shared/base/options.ts';
import type { AccountOptions, CloudcastFields, EmulatorOptions, UserFields } from './emulator-options.ts';
import type { FaultOptions } from './fault-options.ts';
import type { CloudcastInput, UserInput } from './messages.ts';

/** A validator for each option, which returns a value of the option's type. */
type Validators<T> = { readonly [K in keyof T]-?: Validator<NonNullable<T[K]>> };

const MAX_PORT = 65_535;

const EMULATOR_OPTIONS: Validators<EmulatorOptions> = {
  seed: (argument, value) => {
    if (typeof value !== 'number') throwTypeError(argument, value, 'a whole number');
    if (!Number.isSafeInteger(value)) throwRangeError(argument, value, 'a whole number');
    return value;
  },
  port: (argument, value) => {
    const port = validateCount(argument, value);
    if (port > MAX_PORT) throwRangeError(argument, value, `at most ${MAX_PORT}`);
    return port;
  },
  world: (argument, value) => {
    if (value !== 'default' && value !== 'empty') throwTypeError(argument, value, "'default' or 'empty'");
    return value;
  },
};

const USER_FIELDS: Validators<UserFields> = {
  username: (argument, value) => {
    const username = validateText(argument, value);
    if (/[\s/?#]/.test(username)) throwTypeError(argument, value, 'a name without spaces and without / ? #');
    return username;
  },
  name: validateText,
  biog: validateAnyText,
  city: validateText,
  country: validateText,
  isPro: validateFlag,
  isPremium: validateFlag,
  accessToken: (argument, value) => {
    // Not shown: it may be a real one.
    if (typeof value !== 'string' || value.trim() === '')
      throw new TypeError(`${argument}: expected a non-empty string`);
    return value;
  },
};

const CLOUDCAST_FIELDS: Validators<Omit<CloudcastFields, 'createdTime'>> & { readonly createdTime: Validator<number> } =
  {
    name: validateText,
    description: validateAnyText,
    tags: validateTexts,
    createdTime: (argument, value) => {
      const allowed = 'a Date, or an ISO 8601 string with a zone';
      const isZoned = typeof value === 'string' && /T.*(?:Z|[+-]\d{2}:?\d{2})$/i.test(value);
      if (!isZoned && !(value instanceof Date)) throwTypeError(argument, value, allowed);
      const milliseconds = new Date(value as Date | string).getTime();
      if (Number.isNaN(milliseconds)) throwTypeError(argument, value, allowed);
      return Math.floor(milliseconds / 1000);
    },
    playCount: validateCount,
    listenerCount: validateCount,
    audioLength: validateCount,
    hosts: validateTexts,
    hideStats: validateFlag,
    isExclusive: validateFlag,
    unlisted: validateFlag,
  };

export function validateEmulatorOptions(argument: string, options: EmulatorOptions | undefined): EmulatorOptions {
  return validate<EmulatorOptions>(argument, options, EMULATOR_OPTIONS);
}

export function validateUser(fields: UserFields): UserInput {
  return validateFields<UserInput>('addUser fields', fields, USER_FIELDS, 'username');
}

export function validateCloudcast(fields: CloudcastFields): CloudcastInput {
  return validateFields<CloudcastInput>('addCloudcast fields', fields, CLOUDCAST_FIELDS, 'name');
}

export function validateUsername(username: unknown): string {
  return validateText('username', username);
}

/** The user whose account is meant, or `undefined`. */
export function validateAccountOptions(method: string, options: AccountOptions | undefined): string | undefined {
  return validate<{ as?: string }>(`${method} options`, options, { as: validateText }).as;
}

/** The fault's parameters are checked where the faults are. */
export function validateFault(fault: FaultOptions): Readonly<Record<string, unknown>> {
  const { name, on, times, ...parameters } = validateRecord('fault', fault);
  validateText('fault name', name);
  for (const [parameter, value] of Object.entries(parameters)) {
    if (typeof value === 'function' || typeof value === 'symbol') {
      throwTypeError(`fault ${parameter}`, value, 'plain data');
    }
  }
  return {
    name,
    ...parameters,
    ...(on === undefined || on === null ? {} : { on: validateText('fault on', on) }),
    ...(times === undefined || times === null ? {} : { times: validateCount('fault times', times, 1) }),
  };
}

function validateFields<T>(argument: string, input: unknown, table: object, required: string): T {
  const fields = validate<Record<string, unknown>>(argument, input, table);
  if (fields[required] === undefined) throw new TypeError(`${argument}: ${required} is required`);
  return fields as T;
}

/** Validates each option that is there. `null` and `undefined` mean that it is not. */
function validate<T>(argument: string, input: unknown, table: object): T {
  const options = Object.entries(validateRecord(argument, input ?? undefined));
  return validateOptions(
    argument,
    Object.fromEntries(options.map(([name, value]) => [name, value ?? undefined])),
    table,
  ) as T;
}

function validateAnyText(argument: string, value: unknown): string {
  if (typeof value !== 'string') throwTypeError(argument, value, 'a string');
  return value;
}

function validateTexts(argument: string, value: unknown): string[] {
  if (!Array.isArray(value)) throwTypeError(argument, value, 'an array of strings');
  return value.map((one, index) => validateText(`${argument}[${index}]`, one));
}
