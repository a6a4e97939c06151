// The collection's requests, in the order in which they tell a story: Ada and Bob sign up, show photos, match and write.
//
// Each names an operation of the OpenAPI document by its id and says what the document can't: which values to send and
// from whose answer they come. An operation that is not named here gets a request made from the document alone.

import { answer, env, millis, uuid } from './tags.mjs';

const ADA = answer('sign_up', '$.user.id');
const BOB = answer('sign_up_bob', '$.user.id');
// Valentine, Nebraska: few live there, so that the two meet on the deck's first page.
const ZIP = '69201';
const json = 'insomnia.response.json()';
const expect = (value, wanted) => `insomnia.expect(${value}).to.eql(${JSON.stringify(wanted)});`;

const accounts = [
  {
    operation: 'sign_up',
    name: 'Sign up with a photo (Ada)',
    form: {
      username: `ada.${millis}`,
      password: env('password'),
      email: `${uuid}@example.org`,
      display_name: 'Ada',
      hobbies: 'hiking, chess',
      interests: 'astronomy',
      location: ZIP,
      friend_radius: '5',
      birth_date: '1994-05-17',
    },
    files: [env('photo')],
    check: expect(`${json}.photos.uploaded`, 1),
  },
  {
    operation: 'sign_up',
    id: 'sign_up_bob',
    name: 'Sign up as JSON (Bob)',
    body: {
      username: `bob.${millis}`,
      password: env('password'),
      email: `${uuid}@example.org`,
      display_name: 'Bob',
      hobbies: ['chess', 'fishing'],
      interests: ['astronomy'],
      location: ZIP,
      friend_radius: 5,
      birth_date: '1994-05-17',
    },
  },
  {
    operation: 'log_in',
    name: 'Log in (Ada)',
    body: { username: answer('sign_up', '$.user.username'), password: env('password') },
  },
  {
    operation: 'log_in',
    id: 'log_in_bob',
    name: 'Log in (Bob)',
    body: { username: answer('sign_up_bob', '$.user.username'), password: env('password') },
  },
  {
    operation: 'log_in',
    id: 'log_in_elsewhere',
    name: 'Log in on another device (Ada)',
    body: { username: answer('sign_up', '$.user.username'), password: env('password') },
  },
  {
    operation: 'refresh_token',
    body: { refresh_token: answer('log_in_elsewhere', '$.refresh_token', 'always') },
  },
  { operation: 'list_sessions', check: expect(`${json}.items.filter((session) => session.current).length`, 1) },
  { operation: 'log_out', name: 'Log out on the other device', token: answer('log_in_elsewhere', '$.token', 'always') },
  {
    operation: 'end_session',
    name: 'End the session on another device (Ada)',
    path: { id: answer('list_sessions', '$.items[0].id') },
  },
  { operation: 'give_password_again', body: { password: env('password') } },
  { operation: 'change_password', body: { new_password: env('password') } },
  {
    operation: 'sign_up',
    id: 'sign_up_carol',
    name: 'Sign up with a name alone (Carol)',
    body: { username: `carol.${millis}`, password: env('password') },
  },
  { operation: 'log_out_everywhere', name: 'Log out everywhere (Carol)', token: answer('sign_up_carol', '$.token') },
];

const me = [
  { operation: 'get_me' },
  { operation: 'change_me', body: { bio: 'I look for people to hike with.' } },
  { operation: 'pause', body: { paused: true } },
  { operation: 'pause', id: 'pause_no_more', name: 'Be shown again', body: { paused: false } },
  { operation: 'get_profile' },
  { operation: 'put_profile', body: { interests: 'astronomy, tea' } },
  {
    operation: 'delete_me',
    name: 'Delete the account (refused: another password)',
    body: { password: 'not her password' },
    statuses: [422],
  },
];

const photos = [
  { operation: 'upload', files: [env('second_photo')], check: expect(`${json}.uploaded`, 1) },
  { operation: 'upload_for', path: { id: ADA }, files: [env('third_photo')] },
  { operation: 'see_images', path: { id: ADA } },
  {
    id: 'fetch_image',
    tag: 'Photos',
    name: 'Fetch a photo by its link',
    method: 'GET',
    url: answer('see_images', '$.images[0]', 'when-expired', 120),
  },
  { operation: 'list_files', check: expect(`${json}.count`, 3) },
  {
    operation: 'change_file',
    path: { key: answer('upload', '$.files[0].id') },
    body: { caption: 'Last summer', is_profile_image: true },
    check: expect(`${json}.is_profile_image`, true),
  },
  { operation: 'order_files', body: { keys: [answer('upload_for', '$.files[0].key')] } },
  { operation: 'download_url', body: { file_key: answer('upload', '$.files[0].key') } },
  { operation: 'remove_file', path: { key: answer('upload', '$.files[0].id') } },
  {
    operation: 'remove_files',
    body: { keys: [answer('upload_for', '$.files[0].key')] },
    check: expect(`${json}.deleted`, 1),
  },
  { operation: 'list_events', check: expect(`${json}.items.length`, 5) },
];

/** Asks for a URL, and sends a photo there. */
const straight = (operation, name, photo) => [
  {
    operation,
    body: {
      filename: `${photo}.webp`,
      content_type: 'image/webp',
      size: { number: env(`${photo}_size`) },
    },
  },
  {
    id: `put_${photo}`,
    tag: 'Photos',
    name,
    method: 'PUT',
    url: answer(operation, '$.presigned_url', 'when-expired', 240),
    // Exactly the headers of that answer: they are part of the signature.
    headers: { 'Content-Type': 'image/webp' },
    binary: env(photo),
  },
];

const direct = [
  ...straight('upload_url', 'Send the photo to the store', 'direct_photo'),
  { operation: 'confirm_upload', body: { file_key: answer('upload_url', '$.file_key') }, status: 201 },
  ...straight('profile_image_url', 'Send the profile image to the store', 'profile_photo'),
  {
    operation: 'get_profile',
    id: 'get_profile_with_image',
    tag: 'Photos',
    name: 'The profile with its new image',
    check: expect(`${json}.profile_image_url.startsWith('http')`, true),
  },
];

const people = [{ operation: 'see_user', path: { id: BOB } }];

const deck = [
  { operation: 'deck', query: { limit: '20' } },
  { operation: 'decide', id: 'decide_first', name: 'Say yes (Ada to Bob)', body: { user_id: BOB, liked: true } },
  { operation: 'undo', name: 'Take it back (Ada)', path: { user_id: BOB } },
  { operation: 'put_later', path: { user_id: BOB } },
  { operation: 'list_later', check: expect(`${json}.items.length`, 1) },
  { operation: 'drop_later', path: { user_id: BOB } },
  {
    operation: 'decide',
    name: 'Say yes again (Ada to Bob)',
    body: { user_id: BOB, liked: true },
    check: expect(`${json}.matched`, false),
  },
  { operation: 'received', name: 'Who said yes (to Bob)', as: 'bob', check: expect(`${json}.items.length`, 1) },
  {
    operation: 'decide',
    id: 'decide_match',
    name: 'Say yes, and match (Bob to Ada)',
    as: 'bob',
    body: { user_id: ADA, liked: true },
    check: expect(`${json}.matched`, true),
  },
];

const MATCH = answer('decide_match', '$.match.id');

const matches = [
  { operation: 'list_matches', check: expect(`${json}.items.length`, 1) },
  { operation: 'find_match', path: { id: MATCH } },
  { operation: 'send', path: { id: MATCH }, body: { body: 'Hello Bob!', client_id: uuid } },
  {
    operation: 'send',
    id: 'send_back',
    name: 'Write back (Bob)',
    as: 'bob',
    path: { id: MATCH },
    body: { body: 'Hello Ada!', client_id: uuid },
  },
  { operation: 'conversations', check: expect(`${json}.items[0].unread`, 1) },
  { operation: 'history', path: { id: MATCH }, query: { limit: '50' }, check: expect(`${json}.items.length`, 2) },
  { operation: 'mark_read', path: { id: MATCH }, body: { seq: { number: answer('send_back', '$.message.seq') } } },
  { operation: 'unmatch', path: { id: MATCH } },
];

const blocks = [
  { operation: 'block_person', body: { user_id: BOB }, status: 201 },
  { operation: 'list_blocks', check: expect(`${json}.items.length`, 1) },
  { operation: 'unblock_person', path: { user_id: BOB } },
];

const places = [
  { operation: 'zip_code', path: { zip: ZIP } },
  { operation: 'tags', query: { prefix: 'ch', limit: '10' } },
  { operation: 'reach', query: { zip: ZIP, radius: '100' } },
];

export const requests = [...accounts, ...me, ...photos, ...direct, ...people, ...deck, ...matches, ...blocks, ...places];
