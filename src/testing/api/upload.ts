import type { RequestBody } from '../server/body.ts';
import { ApiError, type EmulatedResponse, errorPage, JSON_TYPE, json, notFound, respond } from '../server/response.ts';
import type { Cloudcast, User } from '../world/entities.ts';
import { cloudcastKey } from '../world/keys.ts';
import { UNSEEDED } from '../world/random.ts';
import type { ApiContext } from './api-context.ts';
import { type FieldErrors, type UploadForm, UploadFormParser } from './upload-form.ts';

/** `POST /upload/`. */
export function upload(context: ApiContext, body: RequestBody): EmulatedResponse {
  const rejection = rejectBeforeForm(context, body);
  if (rejection) return rejection;
  const viewer = context.requireViewer();
  const { store, uploads } = context.state;
  const parser = new UploadFormParser(body.form, store);
  parser.checkMp3();
  const form = parser.parse({ unknownHosts: 'ignore' });
  if (form.name === undefined) parser.addError('name', 'A name is needed.');
  throwIfRefused(parser.errors, body);
  const cloudcast = createCloudcast(context, viewer, form);
  store.addCloudcast(cloudcast);
  uploads.add(cloudcast, body.record());
  if (form.sections) uploads.setSections(cloudcast, form.sections);
  return respondDone(`Uploaded ${cloudcast.name}`, cloudcast);
}

/** `POST /upload/USER/SLUG/edit/`. */
export function edit(context: ApiContext, body: RequestBody, segments: readonly string[]): EmulatedResponse {
  const rejection = rejectBeforeForm(context, body);
  if (rejection) return rejection;
  const viewer = context.requireViewer();
  const [, name = '', slug = '', verb] = segments;
  if (verb !== 'edit' || segments.length !== 4) throw notFound('Resource');
  const { store, uploads } = context.state;
  const owner = store.user(name);
  const cloudcast = owner && store.cloudcast(owner, slug);
  if (!cloudcast) throw notFound('Cloudcast');
  if (owner !== viewer) throw new ApiError(403, 'PermissionException', 'Only its owner can edit a cloudcast.');
  const parser = new UploadFormParser(body.form, store);
  const form = parser.parse({ unknownHosts: 'keep-hosts' });
  throwIfRefused(parser.errors, body);
  applyForm(cloudcast, form);
  cloudcast.updated = store.tick();
  uploads.addEdit(cloudcast, body.record());
  if (form.sections) uploads.setSections(cloudcast, form.sections);
  store.changed();
  return respondDone(`Edited ${cloudcast.name}`, cloudcast);
}

/** The response to a request whose form is not even looked at. */
function rejectBeforeForm({ request, query, state }: ApiContext, body: RequestBody): EmulatedResponse | undefined {
  if (request.headers['content-length'] === undefined) return errorPage(400, 'Bad Request');
  // The API responds to a token in the form with an empty body, and stores nothing.
  const inForm = state.accounts.userByToken(body.form.value('access_token') ?? '') !== undefined;
  if (inForm && !query.has('access_token')) return respond(200, { 'Content-Type': JSON_TYPE }, '');
  return undefined;
}

function throwIfRefused(errors: FieldErrors, body: RequestBody): void {
  const { problem } = body.form;
  const details = problem === undefined ? errors : { ...errors, mp3: [`The form cannot be read: ${problem}`] };
  if (Object.keys(details).length === 0) return;
  throw new ApiError(400, 'PostValidationError', 'The upload was refused: see details.', { beside: { details } });
}

function createCloudcast(context: ApiContext, owner: User, form: UploadForm): Cloudcast {
  const { store } = context.state;
  const name = form.name ?? '';
  const slug = store.findFreeSlug(owner, name);
  const created = store.tick();
  const cloudcast: Cloudcast = {
    id: created,
    owner,
    slug,
    name,
    description: '',
    tags: [],
    created,
    updated: created,
    plays: 0,
    listeners: 0,
    picture: UNSEEDED.picturePath('uploaded', owner.username, slug),
    color: UNSEEDED.hex(6, 'uploaded', slug),
    // No length: a new upload is still being processed.
    tracks: [],
    hosts: [],
    hiddenStats: false,
    disabledComments: false,
    unlisted: false,
    uploadedAt: performance.now(),
    seeded: false,
  };
  applyForm(cloudcast, form);
  return cloudcast;
}

/** Changes only what the form names. Tags and hosts are replaced whole. */
function applyForm(cloudcast: Cloudcast, form: UploadForm): void {
  const { flags } = form;
  cloudcast.name = form.name ?? cloudcast.name;
  cloudcast.description = form.description ?? cloudcast.description;
  cloudcast.tags = form.tags ?? cloudcast.tags;
  cloudcast.hosts = form.hosts ?? cloudcast.hosts;
  cloudcast.disabledComments = flags.disable_comments ?? cloudcast.disabledComments;
  cloudcast.hiddenStats = flags.hide_stats ?? cloudcast.hiddenStats;
  cloudcast.unlisted = flags.publish ? false : flags.unpublish ? true : (flags.unlisted ?? cloudcast.unlisted);
  if (form.picture !== undefined) cloudcast.picture = UNSEEDED.picturePath(form.picture);
  if (form.publishDate) cloudcast.publishDate = form.publishDate;
  if (form.publishDate === '' || flags.publish) delete cloudcast.publishDate;
}

function respondDone(message: string, cloudcast: Cloudcast): EmulatedResponse {
  return json({ result: { message, key: cloudcastKey(cloudcast), success: true } });
}
