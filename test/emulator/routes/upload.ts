import type { RequestBody } from '../body.ts';
import { TOKENS } from '../constants.ts';
import type { Cloudcast, User } from '../data/entities.ts';
import { hex, pictureId } from '../data/random.ts';
import { slugify } from '../data/slug.ts';
import type { Exchange } from '../exchange.ts';
import { ApiError, errorPage, JSON_TYPE, json, notFound, type Reply, reply } from '../reply.ts';
import { cloudcastKey } from '../view.ts';
import { type Details, type Form, FormReader } from './upload-fields.ts';

export function upload(exchange: Exchange, body: RequestBody): Reply {
  const refusal = unfit(exchange, body);
  if (refusal) return refusal;
  const viewer = exchange.requireViewer();
  const { store, uploads } = exchange.world;
  const reader = new FormReader(body, store);
  reader.checkMp3();
  const form = reader.read();
  if (form.name === undefined) reader.fail('name', 'A name is needed.');
  refuse(reader.details, body);
  const show = newShow(exchange, viewer, form);
  store.add(show);
  uploads.add(show, body.facts());
  if (form.sections) uploads.sections.set(show, form.sections);
  return done(`Uploaded ${show.name}`, show);
}

export function edit(exchange: Exchange, body: RequestBody, parts: readonly string[]): Reply {
  const refusal = unfit(exchange, body);
  if (refusal) return refusal;
  const viewer = exchange.requireViewer();
  const [, name = '', slug = '', verb] = parts;
  if (verb !== 'edit' || parts.length !== 4) throw notFound('Resource');
  const { store, uploads } = exchange.world;
  const owner = store.user(name);
  const show = owner && store.cloudcast(owner, slug);
  if (!show) throw notFound('Cloudcast');
  if (owner !== viewer) throw new ApiError(403, 'PermissionException', 'Only its owner can edit a cloudcast.');
  const reader = new FormReader(body, store);
  const form = reader.read();
  refuse(reader.details, body);
  change(show, form);
  show.updated = store.tick();
  uploads.edited(show, body.facts());
  if (form.sections) uploads.sections.set(show, form.sections);
  store.changed();
  return done(`Edited ${show.name}`, show);
}

/** What is refused before the form is looked at. */
function unfit({ request, query }: Exchange, body: RequestBody): Reply | undefined {
  if (request.headers['content-length'] === undefined) return errorPage(411, 'Length Required');
  // A token in the form was answered with nothing at all, and nothing was stored.
  const inForm = TOKENS.has(body.value('access_token') ?? '');
  if (inForm && !query.has('access_token')) return reply(200, { 'Content-Type': JSON_TYPE }, '');
  return undefined;
}

function refuse(details: Details, body: RequestBody): void {
  if (body.problem !== undefined) details.mp3 = [`The form cannot be read: ${body.problem}`];
  if (Object.keys(details).length === 0) return;
  throw new ApiError(400, 'UploadException', 'The upload was refused: see details.', { beside: { details } });
}

function newShow(exchange: Exchange, owner: User, form: Form): Cloudcast {
  const { store } = exchange.world;
  const name = form.name ?? '';
  const slug = freeSlug(slugify(name) || 'untitled', (one) => store.cloudcast(owner, one) !== undefined);
  const created = store.tick();
  const show: Cloudcast = {
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
    picture: pictureId('uploaded', owner.username, slug),
    color: hex(6, 'uploaded', slug),
    // No length: a new upload is still being processed.
    tracks: [],
    hosts: [],
    hiddenStats: false,
    disabledComments: false,
    unlisted: false,
  };
  change(show, form);
  return show;
}

/** Only what the form names; tags and hosts whole. */
function change(show: Cloudcast, form: Form): void {
  const { flags } = form;
  show.name = form.name ?? show.name;
  show.description = form.description ?? show.description;
  show.tags = form.tags ?? show.tags;
  show.hosts = form.hosts ?? show.hosts;
  show.disabledComments = flags.disable_comments ?? show.disabledComments;
  show.hiddenStats = flags.hide_stats ?? show.hiddenStats;
  show.unlisted = flags.publish ? false : flags.unpublish ? true : (flags.unlisted ?? show.unlisted);
  if (form.picture !== undefined) show.picture = pictureId(form.picture);
  if (form.publishDate) show.publishDate = form.publishDate;
  if (form.publishDate === '' || flags.publish) delete show.publishDate;
}

function freeSlug(slug: string, taken: (slug: string) => boolean): string {
  if (!taken(slug)) return slug;
  for (let n = 1; ; n += 1) if (!taken(`${slug}-${n}`)) return `${slug}-${n}`;
}

function done(message: string, show: Cloudcast): Reply {
  return json({ result: { message, key: cloudcastKey(show), success: true } });
}
